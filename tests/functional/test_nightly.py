"""A night: reviewer, scout and record in one run of the swarm; bounded, resumable, and quiet when nothing changed."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from nova import nightly, swarming
from nova.cli import nightly as command
from nova.nightly import night
from tests.functional.shop import shop

if TYPE_CHECKING:
    from nova.orchestrator.lines import Plain
    from nova.swarming import Standing
    from tests.functional.repositories import Repository


@pytest.fixture
def where(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Standing:
    world = shop(repository)
    monkeypatch.chdir(repository.path)
    return swarming.here(None, world.database, None)


def heard(where: Standing, **more: bool) -> tuple[nightly.Night, list[Plain]]:
    lines: list[Plain] = []
    return night(where, 5, listen=lines.append, **more), lines


def test_a_night_is_reviewer_then_scout_then_the_record(where: Standing) -> None:
    done, lines = heard(where)
    assert done.outcome is not None
    assert [line["to"] for line in lines if line["kind"] == "handoff"] == ["code-reviewer", "refactor-scout"]
    assert done.outcome.complete
    text = done.outcome.text
    assert text.index("shop, work tree:") < text.index("What to mend first") < text.index("Nova's own record:")
    assert "Places to mend first" not in text
    json.dumps(done.outcome.data)


def test_it_is_quiet_until_something_changes(where: Standing, repository: Repository) -> None:
    first, _ = heard(where)
    assert first.outcome is not None
    again, lines = heard(where)
    assert (again.outcome, again.last, lines) == (None, first.outcome.turn, [])
    assert heard(where, again=True)[0].outcome is not None
    repository.write("shop/user.py", "x = 1\n")
    assert heard(where)[0].outcome is not None


class _Killed(BaseException):
    """The process ends here."""


def test_a_night_that_was_killed_is_gone_on_with_where_it_stopped(where: Standing) -> None:
    def listen(line: Plain) -> None:
        if line["kind"] == "handoff" and line["to"] == "refactor-scout":
            raise _Killed

    with pytest.raises(_Killed):
        night(where, 5, listen=listen)
    done, lines = heard(where)
    assert done.resumed
    assert done.outcome is not None
    assert done.outcome.complete
    assert not [line for line in lines if line["kind"] == "call" and line["tool"] == "review"]
    assert heard(where)[0].outcome is None


def test_one_that_was_killed_at_another_state_is_begun_anew(where: Standing, repository: Repository) -> None:
    def listen(line: Plain) -> None:
        if line["kind"] == "handoff":
            raise _Killed

    with pytest.raises(_Killed):
        night(where, 5, listen=listen)
    repository.write("shop/user.py", "x = 1\n")
    done, lines = heard(where)
    assert not done.resumed
    assert [line for line in lines if line["kind"] == "call" and line["tool"] == "review"]


def test_a_night_that_is_out_of_time_says_so_and_is_not_taken_for_a_whole_one(where: Standing) -> None:
    done = night(where, 0.00001)
    assert done.outcome is not None
    assert not done.outcome.complete
    assert heard(where)[0].outcome is not None


def test_a_night_leaves_the_persons_own_conversation_alone(where: Standing) -> None:
    from nova.orchestrator.conversation import state

    heard(where)
    assert state(swarming.records(), swarming.conversation_of(where)).active == ""


def test_the_command_prints_the_night_and_then_one_line(
    where: Standing, repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    top = argparse.ArgumentParser()
    command.add(top.add_subparsers())

    def run(*arguments: str) -> str:
        given = top.parse_args(["nightly", str(repository.path), "--db", str(where.database), *arguments])
        assert given.run(given) == 0
        return capsys.readouterr().out

    assert "What to mend first" in run()
    quiet = run()
    assert quiet.startswith("nothing changed since the last night (")
    assert quiet.count("\n") == 1
    assert json.loads(run("--format", "json"))["changed"] is False
    told = json.loads(run("--format", "json", "--again"))
    assert (told["changed"], told["complete"], told["status"]) == (True, True, "answered")
