"""What ``nova sync`` says and how it ends where not everything could be read, and that the next run makes it good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nova.cli import main
from nova.listening import choosing
from nova.listening.choosing import Listed, Read, chosen
from nova.syncing import ENOUGH
from tests.nova.github.desk import Desk, module
from tests.nova.github.test_sync import answer, begin, propose, say, sync

if TYPE_CHECKING:
    from _pytest.capture import CaptureFixture

OWN = "/collaborators/writer/permission$"
FAILS: dict[str, dict[str, Any]] = {
    "the rights of people": {"path": OWN, "status": 403, "message": "Resource not accessible", "times": 9},
    "what became of a proposal": {"path": "/pulls/1$", "status": 403, "message": "Resource not accessible", "times": 9},
    "the server fails": {"path": "/pulls/1$", "status": 502, "times": 99},
}


@pytest.mark.parametrize("fails", FAILS)
def test_what_could_not_be_read_is_told_with_what_to_do_and_is_no_success(
    desk: Desk, capsys: CaptureFixture[str], fails: str
) -> None:
    (comment,) = begin(desk, "load")
    propose()
    answer(desk, comment, "writer", "/nova dismiss wrong")
    desk.forge.fault(**FAILS[fails])
    capsys.readouterr()
    assert main(["sync"]) == 2
    out = capsys.readouterr().out
    assert "incomplete: " in out
    assert "run nova sync" in out
    desk.forge.app.faults.clear()
    sync(desk)
    assert sync(desk)["owed"] == []


def test_one_that_cannot_be_read_is_read_by_the_next_run_although_others_went_on(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    sync(desk)
    answer(desk, comment, "writer", "/nova dismiss wrong")
    desk.forge.world.clock.advance(60)
    desk.forge.commit("other", {"other.py": "X = 1\n"}, start="main")
    desk.open(head="other")
    desk.forge.fault(path=OWN, status=403, message="Resource not accessible", times=1)
    first = sync(desk, code=2)
    assert (first["verdicts"], first["owed"], first["read"]) == ([], [1], 2)
    desk.forge.pull(1).state = "closed"  # nothing but what is owed leads to it any more
    second = sync(desk)
    assert len(second["verdicts"]) == 1
    assert sync(desk)["read"] == 1


def test_where_no_conversation_can_be_read_it_says_so_and_stops(desk: Desk, capsys: CaptureFixture[str]) -> None:
    begin(desk, "load")
    for number in range(ENOUGH + 2):
        desk.forge.commit(f"b{number}", {f"b{number}.py": "X = 1\n"}, start="main")
        desk.open(head=f"b{number}")
    desk.forge.fault(path="/graphql$", nth=2, times=99, status=403, message="Resource not accessible")
    capsys.readouterr()
    assert main(["sync"]) == 2
    assert "Resource not accessible" in capsys.readouterr().err


def test_a_connection_that_breaks_in_the_middle_keeps_what_was_read_and_goes_on_later(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong")
    desk.forge.world.clock.advance(60)
    desk.forge.commit("other", {"other.py": module("save")}, start="main")
    desk.open(head="other")
    desk.number = 2
    assert desk.nova("--post") == 0
    (other,) = desk.comments()
    desk.forge.world.clock.advance(60)
    url = f"pulls/2/comments/{other['id']}/replies"
    say(desk, url, "writer", body="/nova accept")
    desk.forge.fault(path="/graphql$", nth=3, times=99, status=502)
    first = sync(desk, code=2)
    assert [v["answer"] for v in first["verdicts"]] == ["dismiss"]
    assert any("#2 could not be read: run nova sync again" in note for note in first["notices"])
    desk.forge.app.faults.clear()
    assert [v["answer"] for v in sync(desk)["verdicts"]] == ["accept"]


def test_a_thread_of_more_than_a_hundred_comments_is_read_to_its_end(desk: Desk) -> None:
    desk.forge.app.limits.sizes.secondary = False
    (comment,) = begin(desk, "load")
    for n in range(120):
        answer(desk, comment, "writer", "/nova accept" if n == 119 else f"talk {n}")
    (verdict,) = sync(desk)["verdicts"]
    assert verdict["answer"] == "accept"


def test_what_one_run_has_no_room_for_waits_and_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(desk, "load")
    for number in range(3):
        desk.forge.world.clock.advance(60)
        desk.forge.commit(f"b{number}", {f"b{number}.py": "X = 1\n"}, start="main")
        desk.open(head=f"b{number}")
    monkeypatch.setattr(choosing, "MOST", 3)
    assert any("1 more changed" in note for note in sync(desk)["notices"])
    assert not any("more changed" in note for note in sync(desk)["notices"])


def _listed(*numbers: int) -> list[Listed]:
    """Pull requests as GitHub lists them; each changed in the minute of its number."""
    return [Listed(n, f"2026-01-01T00:{n:02}:00Z", is_open=n % 2 == 0) for n in sorted(numbers, reverse=True)]


def test_what_is_owed_comes_first_then_what_changed_then_what_is_open() -> None:
    found = chosen(_listed(1, 2, 3, 4, 5), Read("2026-01-01T00:04:00Z", (1,)))
    assert found.numbers == (1, 4, 5, 2)
    assert (found.until, found.waiting) == ("2026-01-01T00:05:00Z", 0)


def test_many_changes_in_one_second_do_not_hold_up_what_follows() -> None:
    same = [Listed(n, "2026-01-01T00:00:00Z", is_open=True) for n in range(100)]
    later = Listed(200, "2026-01-02T00:00:00Z", is_open=True)
    first = chosen([later, *same], Read())
    assert 200 not in first.numbers
    assert 200 in chosen([later, *same], Read(first.until)).numbers


def test_nothing_is_owed_or_left_where_nothing_changed() -> None:
    assert chosen([], Read("2026-01-01T00:04:00Z")).numbers == ()
