"""Pull requests, and the same as issues, as payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.forge import access, pulls
from tests.forge.render import people
from tests.forge.urls import Urls, node_id

if TYPE_CHECKING:
    from tests.forge.diff import FileDiff
    from tests.forge.state import Label, PullRequest, Reaction, Repository, Token
    from tests.forge.wire import Json

EMOJI = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def label(each: Label, repository: Repository, urls: Urls) -> Json:
    """A label."""
    return {
        "id": each.id,
        "node_id": node_id("Label", each.id),
        "url": f"{urls.repo(repository)}/labels/{quote(each.name)}",
        "name": each.name,
        "color": each.color,
        "default": False,
        "description": each.description,
    }


def reactions(given: list[Reaction], url: str) -> Json:
    """How often each emoji was left."""
    counts = {emoji: sum(each.content == emoji for each in given) for emoji in EMOJI}
    return {"url": f"{url}/reactions", "total_count": len(given), **counts}


def reaction(each: Reaction, urls: Urls) -> Json:
    """One reaction."""
    return {
        "id": each.id,
        "node_id": node_id("Reaction", each.id),
        "user": people.user(each.user, urls),
        "content": each.content,
        "created_at": each.created,
    }


def simple(pull: PullRequest, urls: Urls, token: Token | None) -> Json:
    """A pull request as it stands in lists."""
    own, html, repo = urls.pull(pull), urls.html_pull(pull), urls.repo(pull.repository)
    addresses = {
        "self": own, "html": html, "issue": urls.issue(pull), "comments": f"{urls.issue(pull)}/comments",
        "review_comments": f"{own}/comments", "review_comment": f"{repo}/pulls/comments{{/number}}",
        "commits": f"{own}/commits", "statuses": f"{repo}/statuses/{pull.head_sha}",
    }  # fmt: skip
    return {
        "url": own,
        "id": pull.id,
        "node_id": node_id("PullRequest", pull.id),
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "issue_url": addresses["issue"],
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "user": people.user(pull.user, urls),
        "body": pull.body,
        "created_at": pull.created,
        "updated_at": pull.updated,
        "closed_at": pull.closed,
        "merged_at": pull.merged,
        "merge_commit_sha": pull.merge_commit,
        "assignee": people.user(pull.assignees[0], urls) if pull.assignees else None,
        "assignees": [people.user(each, urls) for each in pull.assignees],
        "requested_reviewers": [people.user(each, urls) for each in pull.reviewers],
        "requested_teams": [],
        "labels": [label(each, pull.repository, urls) for each in pull.labels],
        "milestone": None,
        "draft": pull.draft,
        "commits_url": addresses["commits"],
        "review_comments_url": addresses["review_comments"],
        "review_comment_url": addresses["review_comment"],
        "comments_url": addresses["comments"],
        "statuses_url": addresses["statuses"],
        "head": _end(pull.head_repository, pull.head_ref, pull.head_sha, urls, token),
        "base": _end(pull.repository, pull.base_ref, pull.base_sha, urls, token),
        "_links": {name: {"href": address} for name, address in addresses.items()},
        "author_association": access.association(pull.user, pull.repository),
        "auto_merge": None,
        "active_lock_reason": None,
    }


def _end(repository: Repository | None, ref: str, sha: str, urls: Urls, token: Token | None) -> Json:
    return {
        "label": f"{repository.owner.login if repository else 'unknown'}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": people.user(repository.owner, urls) if repository else None,
        "repo": people.repository(repository, urls, token) if repository else None,
    }


def full(pull: PullRequest, urls: Urls, token: Token | None) -> Json:
    """A pull request with what only its own address gives: counts, and whether it can be merged."""
    mergeable = pulls.look(pull)
    files = pulls.files_of(pull)
    state = {None: "unknown", True: "clean", False: "dirty"}[mergeable]
    if pull.draft and mergeable:
        state = "draft"
    return simple(pull, urls, token) | {
        "merged": pull.merged is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": state,
        "merged_by": people.user(pull.merged_by, urls) if pull.merged_by else None,
        "comments": len(pull.comments),
        "review_comments": sum(each.review.state != "PENDING" for each in pull.review_comments()),
        "maintainer_can_modify": pull.maintainer_can_modify,
        "commits": pull.repository.git.count(f"{pulls.base_of(pull)}..{pull.head_sha}"),
        "additions": sum(each.additions for each in files),
        "deletions": sum(each.deletions for each in files),
        "changed_files": len(files),
    }


def file(each: FileDiff, repository: Repository, commit: str, urls: Urls) -> Json:
    """A changed file."""
    html, own = urls.html_repo(repository), urls.repo(repository)
    payload: Json = {
        "sha": each.sha,
        "filename": each.path,
        "status": each.status,
        "additions": each.additions,
        "deletions": each.deletions,
        "changes": each.additions + each.deletions,
        "blob_url": f"{html}/blob/{commit}/{_quoted(each.path)}",
        "raw_url": f"{html}/raw/{commit}/{_quoted(each.path)}",
        "contents_url": f"{own}/contents/{_quoted(each.path)}?ref={commit}",
    }
    if each.patch is not None:
        payload["patch"] = each.patch
    if each.previous is not None:
        payload["previous_filename"] = each.previous
    return payload


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")


def issue(pull: PullRequest, urls: Urls, *, found: bool = False) -> Json:
    """A pull request as an issue; ``found`` adds the score of a search."""
    own = urls.issue(pull)
    payload = {
        "url": own,
        "repository_url": urls.repo(pull.repository),
        "labels_url": f"{own}/labels{{/name}}",
        "comments_url": f"{own}/comments",
        "events_url": f"{own}/events",
        "html_url": urls.html_pull(pull),
        "id": pull.id,
        "node_id": node_id("PullRequest", pull.id),
        "number": pull.number,
        "title": pull.title,
        "user": people.user(pull.user, urls),
        "labels": [label(each, pull.repository, urls) for each in pull.labels],
        "state": pull.state,
        "locked": False,
        "assignee": people.user(pull.assignees[0], urls) if pull.assignees else None,
        "assignees": [people.user(each, urls) for each in pull.assignees],
        "milestone": None,
        "comments": len(pull.comments),
        "created_at": pull.created,
        "updated_at": pull.updated,
        "closed_at": pull.closed,
        "author_association": access.association(pull.user, pull.repository),
        "active_lock_reason": None,
        "draft": pull.draft,
        "pull_request": {
            "url": urls.pull(pull),
            "html_url": urls.html_pull(pull),
            "diff_url": f"{urls.html_pull(pull)}.diff",
            "patch_url": f"{urls.html_pull(pull)}.patch",
            "merged_at": pull.merged,
        },
        "body": pull.body,
        "reactions": reactions(pull.reactions, own),
        "state_reason": None,
    }
    if found:
        return payload | {"score": 1.0}
    return payload | {"closed_by": people.user(pull.closed_by, urls) if pull.closed_by else None}
