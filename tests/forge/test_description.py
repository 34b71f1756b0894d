"""GitHub's own description judges every request and response, and a fixture fails the test that breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forge import app, description
from tests.forge.asking import PROJECT, ask, open_pull
from tests.forge.call import HANDLERS
from tests.forge.wire import Request, Response

if TYPE_CHECKING:
    from tests.forge.forge import Forge

pytest_plugins = ["pytester"]


def test_every_operation_of_the_description_is_answered() -> None:
    assert {each.id for each in description.load().operations} == HANDLERS.keys()
    assert HANDLERS.keys() >= app.FREE


def test_a_request_with_a_word_that_the_description_lacks_is_recorded(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x", "bodyy": "y"})
    ask(forge, "GET", f"{PROJECT}/pulls?stat=open")
    told = forge.log.allow(lambda each: each.side == "request")
    assert [str(each) for each in told] == [
        "issues/create-comment, request: 'bodyy' is no property of the body",
        "pulls/list, request: 'stat' is no parameter of pulls/list",
    ]


def test_parameters_are_judged_by_their_schemas_wherever_those_stand() -> None:
    described = description.load()
    found = described.find("GET", f"{PROJECT}/code-scanning/analyses")
    assert found is not None

    def told(query: str) -> list[str]:
        return described.complaints_of_request(found[0], Request("GET", PROJECT, query, {}, b""), None)

    assert told("ref=refs/pull/1/head&tool_name=nova&sort=created&per_page=2") == []
    assert told("sort=size") == ['parameter sort: "size" is not one of "created"']
    assert told("per_page=many") == ['parameter per_page: "many" is not of type "integer"']


def test_a_body_of_the_wrong_kind_is_recorded_and_refused(forge: Forge) -> None:
    open_pull(forge)
    answer = ask(forge, "POST", f"{PROJECT}/pulls/1/reviews", {"event": "SHRUG"})
    assert (answer.status, answer.payload["message"][:16]) == (422, "Invalid request.")
    assert len(forge.log.allow(lambda each: "SHRUG" in each.complaint)) == 1


def test_a_path_that_the_description_lacks_is_recorded(forge: Forge) -> None:
    assert ask(forge, "GET", "/repos/owner/project/nonsense").status == 404
    assert forge.log.allow(lambda each: each.complaint == "no such operation")


def test_a_response_that_does_not_fit_is_found() -> None:
    described = description.load()
    found = described.find("GET", "/repos/owner/project/pulls/1")
    assert found is not None
    assert described.complaints_of_response(found[0], Response(200, {"id": "one"}))
    assert described.complaints_of_response(found[0], Response(204)) == ["pulls/get never answers 204"]
    assert described.complaints_of_response(found[0], Response(418, {})) == ["no message"]


def test_fixed_words_go_before_parameters_and_refs_may_have_slashes() -> None:
    described = description.load()

    def found(path: str) -> tuple[str, dict[str, str]]:
        operation, parameters = described.find("GET", f"/repos/o/r/{path}") or (None, {})
        assert operation is not None
        return operation.id, {name: each for name, each in parameters.items() if name not in {"owner", "repo"}}

    assert found("pulls/comments/5")[0] == "pulls/get-review-comment"
    assert found("pulls/5/comments")[0] == "pulls/list-review-comments"
    assert found("commits/a/b/status") == ("repos/get-combined-status-for-ref", {"ref": "a/b"})
    assert found("commits/a/b") == ("repos/get-commit", {"ref": "a/b"})
    assert found("compare/main...a/b") == ("repos/compare-commits", {"base": "main", "head": "a/b"})
    assert found("git/ref/heads/a/b") == ("git/get-ref", {"ref": "heads/a/b"})
    assert found("contents/a%20b/c.py") == ("repos/get-content", {"path": "a b/c.py"})
    assert found("branches/a/b") == ("repos/get-branch", {"branch": "a/b"})


def test_the_fixture_fails_the_test_that_breaks_the_description(pytester: object) -> None:
    from pytest import Pytester  # noqa: PT013 - only its type

    assert isinstance(pytester, Pytester)
    pytester.makepyfile(
        """
        from tests.forge.asking import ask
        from tests.forge.fixtures import forge

        def test_it(forge):
            ask(forge, "GET", "/nonsense")
        """
    )
    pytester.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=1, errors=1)
