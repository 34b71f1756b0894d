"""The fields of review threads, comments, reactions and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.forge import anchors
from tests.forge.graphql.connections import connection
from tests.forge.graphql.objects import CONTENTS, commit, plain
from tests.forge.graphql.schema import resolves

if TYPE_CHECKING:
    from tests.forge.graphql.context import Context
    from tests.forge.state import IssueComment, PullRequest, Reaction, Repository, Review, ReviewComment, Thread

plain("PullRequestReviewThread", path="path", originalLine="line", originalStartLine="start_line", diffSide="side",
       startDiffSide="start_side", resolvedBy="resolved_by")  # fmt: skip


@resolves("PullRequestReviewThread", "isResolved", "isCollapsed")
def _resolved(source: Thread, context: Context) -> bool:
    return source.resolved_by is not None


@resolves("PullRequestReviewThread", "pullRequest")
def _thread_pull(source: Thread, context: Context) -> PullRequest:
    return context.pull_of(source)


@resolves("PullRequestReviewThread", "repository")
def _thread_repository(source: Thread, context: Context) -> Repository:
    return context.pull_of(source).repository


@resolves("PullRequestReviewThread", "isOutdated")
def _outdated(source: Thread, context: Context) -> bool:
    return anchors.anchor_of(context.pull_of(source), source).outdated


@resolves("PullRequestReviewThread", "line")
def _line(source: Thread, context: Context) -> int | None:
    return anchors.anchor_of(context.pull_of(source), source).line


@resolves("PullRequestReviewThread", "startLine")
def _start_line(source: Thread, context: Context) -> int | None:
    return anchors.anchor_of(context.pull_of(source), source).start_line


@resolves("PullRequestReviewThread", "subjectType")
def _subject(source: Thread, context: Context) -> str:
    return "FILE" if source.line is None else "LINE"


def may_resolve(source: Thread, context: Context) -> bool:
    """Whoever may write may, and who opened the pull request; a token of an app needs ``contents: write``.

    Page "Commenting on a pull request", "Resolving conversations"; for apps as recorded in github/gh-aw issue 35726:
    with ``pull_requests: write`` and ``contents: read`` the answer is FORBIDDEN.
    """
    pull = context.pull_of(source)
    return context.may(pull, "contents", "read" if context.token.user is pull.user else "write")


resolves("PullRequestReviewThread", "viewerCanReply")(lambda source, context: True)
resolves("PullRequestReviewThread", "viewerCanResolve")(
    lambda source, context: source.resolved_by is None and may_resolve(source, context)
)
resolves("PullRequestReviewThread", "viewerCanUnresolve")(
    lambda source, context: source.resolved_by is not None and may_resolve(source, context)
)


@resolves("PullRequestReviewThread", "comments")
def _thread_comments(source: Thread, context: Context, skip: int | None = None, **given: Any) -> dict[str, Any]:
    return connection(source.comments[skip or 0 :], "comments", **given)


_COMMENT = "PullRequestReviewComment"
for _field, _name in (
    ("path", "path"),
    ("diffHunk", "hunk"),
    ("originalLine", "line"),
    ("originalStartLine", "start_line"),
):
    resolves(_COMMENT, _field)(lambda source, context, name=_name: getattr(source.thread, name))
resolves(_COMMENT, "line")(lambda source, context: _line(source.thread, context))
resolves(_COMMENT, "startLine")(lambda source, context: _start_line(source.thread, context))
resolves(_COMMENT, "outdated")(lambda source, context: _outdated(source.thread, context))
resolves(_COMMENT, "subjectType")(lambda source, context: _subject(source.thread, context))
resolves(_COMMENT, "pullRequestReview")(lambda source, context: source.review)
resolves(_COMMENT, "state")(lambda source, context: "PENDING" if source.review.state == "PENDING" else "SUBMITTED")
resolves(_COMMENT, "pullRequest")(lambda source, context: context.pull_of(source))
resolves("IssueComment", "pullRequest")(lambda source, context: context.pull_of(source))


@resolves(_COMMENT, "replyTo")
def _reply_to(source: ReviewComment, context: Context) -> ReviewComment | None:
    first = source.thread.comments[0]
    return None if source is first else first


@resolves(_COMMENT, "originalCommit", "commit")
def _original_commit(source: ReviewComment, context: Context) -> dict[str, Any]:
    return commit(source.thread.commit, context.pull_of(source).repository)


@resolves(_COMMENT, "url")
def _comment_url(source: ReviewComment, context: Context) -> str:
    return f"{context.urls.html_pull(context.pull_of(source))}#discussion_r{source.id}"


@resolves("IssueComment", "url")
def _issue_comment_url(source: IssueComment, context: Context) -> str:
    return f"{context.urls.html_pull(context.pull_of(source))}#issuecomment-{source.id}"


@resolves("IssueComment", "lastEditedAt")
@resolves(_COMMENT, "lastEditedAt")
def _edited(source: IssueComment | ReviewComment, context: Context) -> str | None:
    return None if source.updated == source.created else source.updated


@resolves("IssueComment", "reactions")
@resolves(_COMMENT, "reactions")
def _reactions(source: IssueComment | ReviewComment, context: Context, **given: Any) -> dict[str, Any]:
    found = [each for each in source.reactions if given.get("content") in {None, CONTENTS[each.content]}]
    mine = any(each.user is context.token.user for each in found)
    return connection(found, "reactions", **given) | {"viewerHasReacted": mine}


@resolves("IssueComment", "reactionGroups")
@resolves(_COMMENT, "reactionGroups")
def _groups(source: IssueComment | ReviewComment, context: Context) -> list[dict[str, Any]]:
    groups = []
    for emoji, content in CONTENTS.items():
        given: list[Reaction] = [each for each in source.reactions if each.content == emoji]
        mine = any(each.user is context.token.user for each in given)
        groups.append({"content": content, "reacting": given, "viewerHasReacted": mine})
    return groups


@resolves("ReactionGroup", "reactors")
def _reactors(source: dict[str, Any], context: Context, **given: Any) -> dict[str, Any]:
    bounds = given if given.get("first") or given.get("last") else {**given, "first": 10}
    return connection([each.user for each in source["reacting"]], "reactors", **bounds)


plain("PullRequestReview", state="state", submittedAt="submitted")
resolves("PullRequestReview", "createdAt")(lambda source, context: source.submitted or context.world.clock.stamp())
resolves("PullRequestReview", "commit")(
    lambda source, context: commit(source.commit, context.pull_of(source).repository)
)


@resolves("PullRequestReview", "url")
def _review_url(source: Review, context: Context) -> str:
    return f"{context.urls.html_pull(context.pull_of(source))}#pullrequestreview-{source.id}"


@resolves("PullRequestReview", "comments")
def _review_comments(source: Review, context: Context, **given: Any) -> dict[str, Any]:
    return connection(source.comments, "comments", **given)
