"""Comments, review comments and reviews as payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forge import access, anchors
from tests.forge.render import people
from tests.forge.render.pulls import reactions
from tests.forge.urls import Urls, node_id

if TYPE_CHECKING:
    from tests.forge.state import IssueComment, PullRequest, Review, ReviewComment
    from tests.forge.wire import Json


def issue_comment(each: IssueComment, pull: PullRequest, urls: Urls) -> Json:
    """A comment of the conversation."""
    own = f"{urls.repo(pull.repository)}/issues/comments/{each.id}"
    return {
        "id": each.id,
        "node_id": node_id("IssueComment", each.id),
        "url": own,
        "html_url": f"{urls.html_pull(pull)}#issuecomment-{each.id}",
        "issue_url": urls.issue(pull),
        "body": each.body,
        "user": people.user(each.user, urls),
        "created_at": each.created,
        "updated_at": each.updated,
        "author_association": access.association(each.user, pull.repository),
        "reactions": reactions(each.reactions, own),
        "performed_via_github_app": None,
    }


def review_comment(each: ReviewComment, pull: PullRequest, urls: Urls) -> Json:
    """A comment on a line or a file, at its present place; ``line`` and ``position`` are null once outdated."""
    thread, anchor = each.thread, anchors.anchor_of(pull, each.thread)
    if not anchor.outdated:
        thread.last_commit = pull.head_sha
    own = f"{urls.repo(pull.repository)}/pulls/comments/{each.id}"
    html = f"{urls.html_pull(pull)}#discussion_r{each.id}"
    payload: Json = {
        "id": each.id,
        "node_id": node_id("ReviewComment", each.id),
        "url": own,
        "html_url": html,
        "pull_request_url": urls.pull(pull),
        "pull_request_review_id": each.review.id,
        "diff_hunk": thread.hunk,
        "path": thread.path,
        "position": anchor.position,
        "original_position": thread.position,
        "commit_id": thread.last_commit,
        "original_commit_id": thread.commit,
        "user": people.user(each.user, urls),
        "body": each.body,
        "created_at": each.created,
        "updated_at": each.updated,
        "author_association": access.association(each.user, pull.repository),
        "reactions": reactions(each.reactions, own),
        "start_line": anchor.start_line,
        "original_start_line": thread.start_line,
        "start_side": thread.start_side,
        "line": anchor.line,
        "original_line": thread.line,
        "side": thread.side,
        "subject_type": "line" if thread.line is not None else "file",
        "_links": {
            "self": {"href": own},
            "html": {"href": html},
            "pull_request": {"href": urls.pull(pull)},
        },
    }
    if each is not thread.comments[0]:
        payload["in_reply_to_id"] = thread.comments[0].id
    return payload


def review(each: Review, pull: PullRequest, urls: Urls) -> Json:
    """A review; a pending one has no date."""
    html = f"{urls.html_pull(pull)}#pullrequestreview-{each.id}"
    payload = {
        "id": each.id,
        "node_id": node_id("Review", each.id),
        "user": people.user(each.user, urls),
        "body": each.body,
        "state": each.state,
        "html_url": html,
        "pull_request_url": urls.pull(pull),
        "author_association": access.association(each.user, pull.repository),
        "_links": {"html": {"href": html}, "pull_request": {"href": urls.pull(pull)}},
        "commit_id": each.commit,
    }
    return payload if each.submitted is None else payload | {"submitted_at": each.submitted}
