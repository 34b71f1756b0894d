"""Reactions to pull requests and comments."""

from __future__ import annotations

from tests.forge.call import Call, answers
from tests.forge.render import pulls as render
from tests.forge.routes import issues, reviews
from tests.forge.state import Reaction
from tests.forge.wire import Response, not_found


def _list(call: Call, given: list[Reaction]) -> Response:
    wanted = call.request.query.get("content")
    shown = [each for each in given if wanted in {None, each.content}]
    return call.page(shown, lambda each: render.reaction(each, call.urls))


def _create(call: Call, given: list[Reaction]) -> Response:
    """201 for a new one, 200 for one that its user left already; eight contents there are (page "Reactions")."""
    token = call.may("pull_requests", "read")
    content = call.given("content")
    for each in given:
        if (each.user, each.content) == (token.user, content):
            return Response(200, render.reaction(each, call.urls))
    made = Reaction(call.world.reaction_number(), token.user, content, call.world.clock.stamp())
    given.append(made)
    return Response(201, render.reaction(made, call.urls))


def _delete(call: Call, given: list[Reaction]) -> Response:
    for each in given:
        if str(each.id) == call.params["reaction_id"]:
            call.may("pull_requests", "read" if each.user is call.user else "write")
            given.remove(each)
            return Response(204)
    raise not_found()


@answers("reactions/list-for-issue")
def list_for_issue(call: Call) -> Response:
    """Those to a pull request's own text."""
    return _list(call, call.pull.reactions)


@answers("reactions/create-for-issue")
def create_for_issue(call: Call) -> Response:
    """React to a pull request's own text."""
    return _create(call, call.pull.reactions)


@answers("reactions/list-for-issue-comment")
def list_for_comment(call: Call) -> Response:
    """Those to a comment."""
    return _list(call, issues.find_comment(call)[1].reactions)


@answers("reactions/create-for-issue-comment")
def create_for_comment(call: Call) -> Response:
    """React to a comment."""
    return _create(call, issues.find_comment(call)[1].reactions)


@answers("reactions/delete-for-issue-comment")
def delete_for_comment(call: Call) -> Response:
    """Take a reaction to a comment back."""
    return _delete(call, issues.find_comment(call)[1].reactions)


@answers("reactions/list-for-pull-request-review-comment")
def list_for_review_comment(call: Call) -> Response:
    """Those to a comment on a line."""
    return _list(call, reviews.find_comment(call)[1].reactions)


@answers("reactions/create-for-pull-request-review-comment")
def create_for_review_comment(call: Call) -> Response:
    """React to a comment on a line."""
    return _create(call, reviews.find_comment(call)[1].reactions)


@answers("reactions/delete-for-pull-request-comment")
def delete_for_review_comment(call: Call) -> Response:
    """Take a reaction to a comment on a line back."""
    return _delete(call, reviews.find_comment(call)[1].reactions)
