"""Limits, failures and what is told of them; against the stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nova.github.address import Address
from nova.github.calls import ATTEMPTS, Calls
from nova.github.errors import GitHubError
from nova.github.token import Token
from nova.github.waiting import wait_of
from nova.living.port import Refused, Uncertain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.nova.github.desk import Desk

NOW = 1_000_000.0


@pytest.mark.parametrize(
    ("status", "headers", "message", "wait"),
    [
        (200, {}, "", None),
        (403, {}, "Resource not accessible by integration", None),
        (403, {"retry-after": "7"}, "You have exceeded a secondary rate limit.", 7),
        (429, {}, "", 60),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000030"}, "API rate limit exceeded", 30),
        (403, {"x-ratelimit-remaining": "12"}, "You have exceeded a secondary rate limit.", 60),
        (200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000030"}, "API rate limit exceeded", 30),
        (404, {"x-ratelimit-remaining": "0"}, "Not Found", None),
    ],
)
def test_the_wait_is_what_github_asks_for(
    status: int, headers: dict[str, str], message: str, wait: float | None
) -> None:
    assert wait_of(status, headers, message, NOW) == wait


def calls_of(api: str, tell: Callable[[str], None] = print) -> Calls:
    """Calls to a stand-in, as its owner."""
    place = Address(api, "127.0.0.1", "owner/project", is_vouched_for=True)
    return Calls(place, Token("owner-token", "GITHUB_TOKEN"), tell)


def _calls(desk: Desk, told: list[str] | None = None) -> Calls:
    return calls_of(desk.forge.api, (told if told is not None else []).append)


def test_a_second_read_is_asked_for_on_condition(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    calls = _calls(desk)
    first = calls.get("/repos/owner/project/pulls/1")
    assert calls.get("/repos/owner/project/pulls/1") == first
    assert desk.forge.log.exchanges[-1].status == 304


def test_a_short_wait_is_told_and_taken(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    told: list[str] = []
    desk.forge.fault(path="/pulls/1$", status=403, message="You have exceeded a secondary rate limit.",
                     headers={"retry-after": "2"})  # fmt: skip
    assert _calls(desk, told).get("/repos/owner/project/pulls/1")["number"] == 1
    assert told == ["GitHub asks to wait 2 seconds"]


def test_a_long_wait_ends_the_run(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(path="/pulls/1$", status=429, message="slow down", headers={"retry-after": "3600"}, times=99)
    calls = _calls(desk)
    with pytest.raises(GitHubError, match="used up"):
        calls.get("/repos/owner/project/pulls/1")
    assert calls.made == 1


def test_the_waits_of_a_run_are_bounded_in_all(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(path="/pulls/1$", status=429, message="slow down", headers={"retry-after": "200"}, times=99)
    with pytest.raises(GitHubError, match="used up"):
        _calls(desk).get("/repos/owner/project/pulls/1")
    assert desk.forge.log.count(operation="pulls/get") <= 2


def test_a_write_that_may_have_been_done_is_not_sent_again(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(method="POST", path="/issues/1/comments$", drop="after")
    calls = _calls(desk)
    with pytest.raises(Uncertain):
        calls.write("POST", "/repos/owner/project/issues/1/comments", {"body": "once"}, again=False)
    assert calls.made == 1
    assert desk.summaries() == ["once"]


def test_a_write_that_changes_nothing_when_done_twice_is_sent_again(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    calls = _calls(desk)
    made = calls.write("POST", "/repos/owner/project/issues/1/comments", {"body": "one"}, again=False)
    desk.forge.fault(method="PATCH", path="/issues/comments/", drop="after")
    calls.write("PATCH", f"/repos/owner/project/issues/comments/{made['id']}", {"body": "two"}, again=True)
    assert desk.summaries() == ["two"]


def test_a_server_that_keeps_failing_is_asked_a_few_times(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(path="/pulls/1$", status=500, times=99)
    calls = _calls(desk)
    with pytest.raises(GitHubError, match="cannot be reached"):
        calls.get("/repos/owner/project/pulls/1")
    assert calls.made == ATTEMPTS


def test_what_the_token_may_not_do_is_a_refusal_with_githubs_words(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    place = Address(desk.forge.api, "127.0.0.1", "owner/project", is_vouched_for=True)
    calls = Calls(place, Token("fork-token", "GITHUB_TOKEN"), print)
    with pytest.raises(Refused, match="403"):
        calls.write("POST", "/repos/owner/project/issues/1/comments", {"body": "x"}, again=False)


def test_no_error_holds_the_token(desk: Desk) -> None:
    place = Address("http://127.0.0.1:9/api/v3", "127.0.0.1", "o/r", is_vouched_for=True)
    with pytest.raises(GitHubError) as told:
        Calls(place, Token("ghp_secret", "GITHUB_TOKEN"), print).get("/repos/o/r/pulls/1")
    error: BaseException | None = told.value
    while error is not None:
        assert "ghp_secret" not in repr(error) + str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
