"""What GraphQL changes."""

from __future__ import annotations

from typing import Any

from tests.forge import pulls, reviewing
from tests.forge.graphql.comments import may_resolve
from tests.forge.graphql.context import Context, Problem
from tests.forge.graphql.objects import CONTENTS
from tests.forge.graphql.schema import resolves
from tests.forge.state import IssueComment, PullRequest, Reaction, Review, ReviewComment, Thread
from tests.forge.wire import Refused

Given = dict[str, Any]
SIGN = {content: emoji for emoji, content in CONTENTS.items()}


def _echo(given: Given, **more: Any) -> dict[str, Any]:
    return {"clientMutationId": given.get("clientMutationId"), **more}


def _of(context: Context, number: str, *kinds: type) -> Any:
    found = context.find(number)
    if not isinstance(found, kinds):
        raise Problem("NOT_FOUND", f"Could not resolve to {kinds[0].__name__} node with the global id of '{number}'.")
    return found


def _thread(context: Context, given: Given, what: str) -> Thread:
    thread: Thread = _of(context, given["threadId"], Thread)
    if not may_resolve(thread, context):
        context.require(context.pull_of(thread), "contents", what=what)
        raise Problem("FORBIDDEN", "Resource not accessible")
    return thread


@resolves("Mutation", "resolveReviewThread")
def _resolve(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002 - GitHub's name
    thread = _thread(context, input, "resolve this thread")
    thread.resolved_by = thread.resolved_by or context.token.user
    return _echo(input, thread=thread)


@resolves("Mutation", "unresolveReviewThread")
def _unresolve(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    thread = _thread(context, input, "unresolve this thread")
    thread.resolved_by = None
    return _echo(input, thread=thread)


def _minimizable(context: Context, number: str) -> IssueComment | ReviewComment | Review:
    subject: IssueComment | ReviewComment | Review = _of(context, number, IssueComment, ReviewComment, Review)
    context.require(context.pull_of(subject), "pull_requests", author=subject.user, what="minimize this comment")
    return subject


@resolves("Mutation", "minimizeComment")
def _minimize(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    """The reason is told in small letters afterwards, ``OFF_TOPIC`` as ``off-topic`` (description of the field)."""
    subject = _minimizable(context, input["subjectId"])
    subject.minimized = input["classifier"].lower().replace("_", "-")
    return _echo(input, minimizedComment=subject)


@resolves("Mutation", "unminimizeComment")
def _unminimize(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    subject = _minimizable(context, input["subjectId"])
    subject.minimized = None
    return _echo(input, unminimizedComment=subject)


def _draft(context: Context, given: Given, *, draft: bool) -> PullRequest:
    pull: PullRequest = _of(context, given["pullRequestId"], PullRequest)
    context.require(pull, "pull_requests", author=pull.user, what="change this pull request")
    if pull.state != "open":
        raise Problem("UNPROCESSABLE", "Pull request is closed")
    if pull.draft != draft:
        pull.draft = draft
        pulls.note(context.world, pull, "convert_to_draft" if draft else "ready_for_review", context.token.user)
        action = "converted_to_draft" if draft else "ready_for_review"
        context.world.trigger("pull_request", action, pull.repository, pull.number, context.token.user)
    return pull


@resolves("Mutation", "markPullRequestReadyForReview")
def _ready(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    return _echo(input, pullRequest=_draft(context, input, draft=False))


@resolves("Mutation", "convertPullRequestToDraft")
def _to_draft(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    return _echo(input, pullRequest=_draft(context, input, draft=True))


def _body(body: str) -> str:
    try:
        return reviewing.checked_body(body, "IssueComment")
    except Refused as refused:
        raise Problem("UNPROCESSABLE", refused.response.payload["errors"][0]["message"]) from None


@resolves("Mutation", "addComment")
def _comment(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    pull: PullRequest = _of(context, input["subjectId"], PullRequest)
    context.require(pull, "pull_requests", author=context.token.user, what="comment")
    now = pull.updated = context.world.clock.stamp()
    made = IssueComment(context.world.number(), context.token.user, _body(input["body"]), now, now)
    pull.comments.append(made)
    context.world.trigger("issue_comment", "created", pull.repository, pull.number, made.user)
    return _echo(input, commentEdge={"cursor": str(made.id), "node": made}, subject=pull)


@resolves("Mutation", "addPullRequestReviewThreadReply")
def _reply(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    thread: Thread = _of(context, input["pullRequestReviewThreadId"], Thread)
    pull = context.pull_of(thread)
    context.require(pull, "pull_requests", author=context.token.user, what="reply to this thread")
    return _echo(input, comment=reviewing.reply(context.world, pull, context.token.user, thread, _body(input["body"])))


@resolves("Mutation", "addReaction")
def _react(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    subject, content = (
        _of(context, input["subjectId"], PullRequest, IssueComment, ReviewComment),
        SIGN[input["content"]],
    )
    context.require(context.pull_of(subject), "pull_requests", author=context.token.user, what="react")
    user = context.token.user
    made = next((each for each in subject.reactions if (each.user, each.content) == (user, content)), None)
    if made is None:
        made = Reaction(context.world.reaction_number(), user, content, context.world.clock.stamp())
        subject.reactions.append(made)
    return _echo(input, reaction=made, subject=subject)


@resolves("Mutation", "removeReaction")
def _unreact(source: Any, context: Context, input: Given) -> dict[str, Any]:  # noqa: A002
    subject, content = (
        _of(context, input["subjectId"], PullRequest, IssueComment, ReviewComment),
        SIGN[input["content"]],
    )
    gone = next(
        (each for each in subject.reactions if (each.user, each.content) == (context.token.user, content)), None
    )
    if gone is not None:
        subject.reactions.remove(gone)
    return _echo(input, reaction=gone, subject=subject)
