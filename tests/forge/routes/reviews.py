"""Reviews, and comments on lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forge import access, reviewing
from tests.forge.call import Call, answers
from tests.forge.render import comments as render
from tests.forge.wire import Response, not_found, unprocessable

if TYPE_CHECKING:
    from tests.forge.state import PullRequest, Review, ReviewComment


def _shown(call: Call, review: Review) -> bool:
    return review.state != "PENDING" or (call.token is not None and call.token.user is review.user)


def _review(call: Call) -> Review:
    for each in call.pull.reviews:
        if str(each.id) == call.params["review_id"] and _shown(call, each):
            return each
    raise not_found()


def find_comment(call: Call) -> tuple[PullRequest, ReviewComment]:
    """The comment on a line in the path, and its pull request."""
    for pull in call.repository.pulls.values():
        for each in pull.review_comments():
            if str(each.id) == call.params["comment_id"] and _shown(call, each.review):
                return pull, each
    raise not_found()


@answers("pulls/list-reviews")
def list_reviews(call: Call) -> Response:
    """All in the order of their making; one's own pending one too."""
    pull = call.pull
    shown = [each for each in pull.reviews if _shown(call, each)]
    return call.page(shown, lambda each: render.review(each, pull, call.urls))


@answers("pulls/create-review")
def create_review(call: Call) -> Response:
    """A review with its comments in one request; whoever may read may review."""
    pull = call.pull
    token = call.may("pull_requests", "read")
    if call.given("event") == "APPROVE":
        access.allow_actions(token, pull.repository)
    made = reviewing.review(call.world, pull, token.user, call.body or {})
    return Response(200, render.review(made, pull, call.urls))


@answers("pulls/get-review")
def get_review(call: Call) -> Response:
    """One review."""
    return Response(200, render.review(_review(call), call.pull, call.urls))


@answers("pulls/update-review")
def update_review(call: Call) -> Response:
    """Change the text of one's own review."""
    review = _review(call)
    call.may("pull_requests", "read" if call.user is review.user else "write")
    reviewing.allow(call.pull, call.user, None, call.given("body"), has_comments=True)
    review.body = call.given("body")
    return Response(200, render.review(review, call.pull, call.urls))


@answers("pulls/delete-pending-review")
def delete_review(call: Call) -> Response:
    """Only a pending one can be deleted."""
    pull, review = call.pull, _review(call)
    if review.state != "PENDING":
        raise unprocessable("Can not delete a non-pending pull request review")
    gone = render.review(review, pull, call.urls)
    pull.reviews.remove(review)
    pull.threads = [each for each in pull.threads if each.comments[0].review is not review]
    return Response(200, gone)


@answers("pulls/submit-review")
def submit_review(call: Call) -> Response:
    """Hand a pending review in."""
    pull, review = call.pull, _review(call)
    if review.state != "PENDING" or call.user is not review.user:
        raise unprocessable("Can not submit a review that is not pending")
    body = call.given("body") or review.body
    reviewing.allow(pull, review.user, call.given("event"), body, bool(review.comments))
    review.body, review.state = body, reviewing.STATES[call.given("event")]
    review.submitted = call.world.clock.stamp()
    reviewing.submitted(call.world, pull, review)
    return Response(200, render.review(review, pull, call.urls))


@answers("pulls/dismiss-review")
def dismiss_review(call: Call) -> Response:
    """Take away the force of an approval or a request for changes; who may write may do it."""
    review = _review(call)
    call.may("pull_requests")
    if review.state not in {"APPROVED", "CHANGES_REQUESTED"}:
        raise unprocessable("Can not dismiss a commented pull request review")
    review.state = "DISMISSED"
    return Response(200, render.review(review, call.pull, call.urls))


@answers("pulls/list-comments-for-review")
def list_review(call: Call) -> Response:
    """The comments that came with one review."""
    pull = call.pull
    return call.page(_review(call).comments, lambda each: render.review_comment(each, pull, call.urls))


@answers("pulls/list-review-comments")
def list_comments(call: Call) -> Response:
    """All comments on lines, oldest first."""
    pull = call.pull
    return call.page(_ordered(call, [pull]), lambda pair: render.review_comment(pair[1], pair[0], call.urls))


@answers("pulls/list-review-comments-for-repo")
def list_all(call: Call) -> Response:
    """The comments on lines of all pull requests."""
    pulls = list(call.repository.pulls.values())
    return call.page(_ordered(call, pulls), lambda pair: render.review_comment(pair[1], pair[0], call.urls))


def _ordered(call: Call, pulls: list[PullRequest]) -> list[tuple[PullRequest, ReviewComment]]:
    query = call.request.query
    found = [(pull, each) for pull in pulls for each in pull.review_comments() if each.review.state != "PENDING"]
    found = [pair for pair in found if pair[1].updated >= query.get("since", "")]
    if query.get("sort") == "updated":
        found.sort(key=lambda pair: (pair[1].updated, pair[1].id))
    else:
        found.sort(key=lambda pair: pair[1].id)
    return found[::-1] if query.get("direction") == "desc" else found


@answers("pulls/create-review-comment")
def create_comment(call: Call) -> Response:
    """One comment on a line or a file; with ``in_reply_to`` all but the text is passed over."""
    pull = call.pull
    token = call.may("pull_requests", "read")
    if (answered := call.given("in_reply_to")) is not None:
        call.params["comment_id"] = str(answered)
        return reply(call)
    made = reviewing.comment(call.world, pull, token.user, call.body)
    call.world.trigger("pull_request_review_comment", "created", pull.repository, pull.number, token.user)
    return Response(201, render.review_comment(made, pull, call.urls))


@answers("pulls/create-reply-for-review-comment")
def reply(call: Call) -> Response:
    """Answer a comment; a reply to a reply is not supported (same page)."""
    token = call.may("pull_requests", "read")
    pull, comment = find_comment(call)
    if pull is not call.pull or comment is not comment.thread.comments[0]:
        raise not_found()
    made = reviewing.reply(call.world, pull, token.user, comment.thread, call.given("body"))
    call.world.trigger("pull_request_review_comment", "created", pull.repository, pull.number, token.user)
    return Response(201, render.review_comment(made, pull, call.urls))


@answers("pulls/get-review-comment")
def get_comment(call: Call) -> Response:
    """One comment on a line."""
    pull, comment = find_comment(call)
    return Response(200, render.review_comment(comment, pull, call.urls))


@answers("pulls/update-review-comment")
def update_comment(call: Call) -> Response:
    """Change the text; one's own, or any for who may write."""
    pull, comment = find_comment(call)
    call.may("pull_requests", "read" if call.user is comment.user else "write")
    comment.body = reviewing.checked_body(call.given("body"), reviewing.RESOURCE)
    comment.updated = pull.updated = call.world.clock.stamp()
    return Response(200, render.review_comment(comment, pull, call.urls))


@answers("pulls/delete-review-comment")
def delete_comment(call: Call) -> Response:
    """Delete; the thread goes with its last comment."""
    pull, comment = find_comment(call)
    access.require(call.token, pull.repository, "pull_requests", "read" if call.user is comment.user else "write")
    comment.thread.comments.remove(comment)
    comment.review.comments.remove(comment)
    if not comment.thread.comments:
        pull.threads.remove(comment.thread)
    return Response(204)
