"""A night: listened, reviewed, proposed; bounded, resumable, one at a time, and quiet when nothing changed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from nova import nightly, proposals, swarming
from nova.agents.review.refactor_scout import PROPOSE
from nova.config import places
from nova.nightly import Asked, Night, Plan, Told, Way, night, nights
from nova.nightly.journal import RECORD
from nova.nightly.turnstile import UnderWay, held
from nova.orchestrator import approvals
from nova.ports import silent
from tests.functional.repositories import ROOT, Repository
from tests.functional.test_fix import BOTH, PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nova.orchestrator.lines import Plain
    from nova.swarming import Standing
    from tests.functional.repositories import Answer

CHAIN = ["code-reviewer", "refactor-scout", "refactor-scout", "patch-smith", "pr-scribe"]
pytestmark = pytest.mark.slow


ONE = 'def greet():\n    return f"hello"\n'
"""One fix that can be proved: the code stays identical."""


def fill(repository: Repository, text: str = ONE) -> Repository:
    """A project with fixes that can be proved."""
    repository.write("pyproject.toml", PROJECT)
    repository.write("src/shop/__init__.py", "")
    repository.write("src/shop/both.py", text)
    repository.commit("first")
    return repository


@pytest.fixture
def where(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Standing:
    fill(repository)
    monkeypatch.chdir(repository.path)
    return swarming.here(None, None, None)


def heard(where: Standing, way: Way = Way.ASK, **more: bool) -> tuple[Night, list[Plain]]:
    lines: list[Plain] = []
    return night(where, Plan(5, way, **more), listen=lines.append), lines


def branches(repository: Repository) -> dict[str, str]:
    """Nova's branches and where they lead."""
    rows = repository.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/nova").splitlines()
    return dict(row.split() for row in rows)


def remembered(where: Standing) -> list[tuple[str, str]]:
    """The proposals in memory, by rule."""
    from nova import app
    from nova.request import Request

    request = Request(path=where.folder)
    here = app.find_subject(request)
    assert here.git is not None
    return sorted((p.rule, p.branch) for p in proposals.earlier(request, here.key, here.git, silent))


def test_a_night_goes_along_the_declared_edges_to_the_proposals(where: Standing) -> None:
    done, lines = heard(where, Way.BRANCHES)
    assert done.outcome is not None
    assert done.outcome.complete, done.outcome.notes
    assert [line["to"] for line in lines if line["kind"] == "handoff"] == CHAIN
    text = done.outcome.text
    parts = ("shop, work tree:", "to mend", "What could be proposed on", "made.", "Nova's own record:")
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    json.dumps(done.outcome.data)


def test_without_leave_nothing_is_written_and_the_proposals_wait_for_a_yes(
    where: Standing, repository: Repository
) -> None:
    done, _ = heard(where)
    assert done.outcome is not None
    assert (done.outcome.complete, branches(repository)) == (True, {})
    (waits,) = approvals.waiting(swarming.records())
    assert (waits.agent, waits.tool) == ("pr-scribe", "propose")
    assert waits.effect.count("  nova/") == 1
    assert heard(where)[0].outcome is None
    _, made, why = swarming.settle(waits.id, allowed=True)
    assert (made, why) == (True, "")
    assert len(branches(repository)) == waits.effect.count("\n")


def test_what_waited_is_dropped_by_the_next_night_that_has_news(where: Standing, repository: Repository) -> None:
    heard(where)
    (first,) = approvals.waiting(swarming.records())
    repository.commit("more", more="x = 1\n")
    heard(where)
    (second,) = approvals.waiting(swarming.records())
    assert first.turn != second.turn


def test_local_branches_are_made_once_and_then_it_is_quiet(where: Standing, repository: Repository) -> None:
    first, _ = heard(where, Way.BRANCHES)
    made = branches(repository)
    assert first.outcome is not None
    assert made
    again, lines = heard(where, Way.BRANCHES)
    assert (again.outcome, again.last, lines) == (None, first.outcome.turn, [])
    third, lines = heard(where, Way.BRANCHES, again=True)
    assert third.outcome is not None
    assert "is there" in third.outcome.text
    assert not [line for line in lines if line["kind"] == "call" and line["tool"] == "propose"]
    assert branches(repository) == made


def test_it_is_quiet_until_something_changes(where: Standing, repository: Repository) -> None:
    assert heard(where)[0].outcome is not None
    assert heard(where)[0].outcome is None
    repository.write("src/shop/user.py", "x = 1\n")
    assert heard(where)[0].outcome is not None


class _Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param("call", "proved_fixes", marks=pytest.mark.long),
        pytest.param("result", "proved_fixes", marks=pytest.mark.long),
        pytest.param("asked", "propose", marks=pytest.mark.long),
        pytest.param("call", "propose", marks=pytest.mark.long),
        ("result", "propose"),
        pytest.param("ended", "", marks=pytest.mark.long),
    ],
)
def test_killed_anywhere_and_run_again_it_comes_to_the_same_and_proposes_nothing_twice(
    where: Standing, repository: Repository, kind: str, name: str
) -> None:
    heard(where, Way.BRANCHES)
    whole, known = branches(repository), remembered(where)
    assert whole
    repository.git("branch", "-D", *branches(repository))
    with pytest.raises(_Killed):
        night(where, Plan(5, Way.BRANCHES, again=True), listen=_killer(kind, name))
    done, lines = heard(where, Way.BRANCHES, again=True)
    assert done.outcome is not None
    assert done.outcome.complete
    assert done.resumed or kind == "ended"
    assert branches(repository) == whole
    assert len([line for line in lines if line["kind"] == "call" and line["tool"] == "propose"]) <= 1
    assert heard(where, Way.BRANCHES)[0].outcome is None
    assert remembered(where) == known


def _killer(kind: str, name: str) -> Callable[[Plain], None]:
    def listen(line: Plain) -> None:
        if line["kind"] == kind and name in {line.get("tool"), line.get("to"), line.get("agent"), ""}:
            raise _Killed

    return listen


def test_one_that_was_killed_at_another_state_is_begun_anew(where: Standing, repository: Repository) -> None:
    with pytest.raises(_Killed):
        night(where, Plan(5), listen=_killer("handoff", "code-reviewer"))
    repository.write("src/shop/user.py", "x = 1\n")
    done, lines = heard(where)
    assert not done.resumed
    assert [line for line in lines if line["kind"] == "call" and line["tool"] == "review"]


def test_a_night_that_is_out_of_time_says_so_and_is_not_taken_for_a_whole_one(where: Standing) -> None:
    done = night(where, Plan(0.00001))
    assert done.outcome is not None
    assert not done.outcome.complete
    assert done.text.endswith(f"Not done: review this repository; what should be mended first; {PROPOSE}; {RECORD}.")
    assert heard(where)[0].outcome is not None


@pytest.mark.long
def test_what_a_night_came_to_before_its_time_was_up_is_told(where: Standing) -> None:
    def slow(doing: str, done: int = 0, of: int = 0) -> None:
        if doing.startswith("proving"):
            time.sleep(14)

    done = night(where, Plan(0.2), progress=slow)
    assert done.outcome is not None
    assert not done.outcome.complete
    assert done.text.startswith("shop, work tree:")
    assert f"Not done: {PROPOSE}; {RECORD}." in done.text


def test_work_that_takes_too_long_ends_in_good_order_and_says_how_far_it_came(
    where: Standing, repository: Repository
) -> None:
    from nova.orchestrator.tool import ToolFailed
    from nova.tools import World
    from nova.tools._pace import OutOfTime, Pace
    from tests.functional.shop import Direct

    world = World(where.folder, pace=Pace(time.monotonic() - 1))
    with pytest.raises(ToolFailed, match="the time was used up while"):
        Direct(world).call("proved_fixes")
    assert repository.git("worktree", "list").count("\n") == 0
    with pytest.raises(OutOfTime, match="3 of 9 done"):
        world.pace("proving fixes", 3, 9)


def test_a_night_leaves_the_persons_own_conversation_alone(where: Standing) -> None:
    from nova.orchestrator.conversation import state

    heard(where)
    assert state(swarming.records(), swarming.conversation_of(where)).active == ""


def test_the_journal_carries_to_another_machine_that_nothing_changed(
    where: Standing, tmp_path: Path, nova: Callable[..., Answer]
) -> None:
    heard(where)
    exported = tmp_path / "memory.jsonl"
    assert nova("memory", "export", "--to", str(exported)).code == 0
    other = tmp_path / "other.duckdb"
    assert nova("memory", "import", str(exported), "--db", str(other)).code == 0
    assert nova("nightly", "--db", str(other)).out.startswith("nothing changed since the last night (")
    empty = tmp_path / "empty.duckdb"
    assert "Nova's own record" in nova("nightly", "--db", str(empty)).out


# Several targets, one budget, one at a time


def several(*folders: Path) -> list[Asked]:
    def at(folder: Path) -> Callable[[], Standing]:
        return lambda: swarming.Standing(folder)

    return [Asked(folder.name, at(folder)) for folder in folders]


def carried_out(targets: list[Asked], plan: Plan) -> list[Told]:
    seen: list[Told] = []
    found = nights(targets, plan, places().data, silent, tell=seen.append)
    assert found == seen
    return found


def test_a_target_that_is_not_there_is_told_and_stops_no_other(where: Standing, tmp_path: Path) -> None:
    missing, shop = carried_out(several(tmp_path / "gone", where.folder), Plan(5))
    assert missing.failed is not None
    assert "there is no folder" in missing.failed.what
    assert not missing.is_whole
    assert shop.night is not None
    assert shop.is_whole


@pytest.mark.long
def test_one_budget_of_writes_is_for_all_targets_and_the_rest_is_done_by_the_next_night(
    where: Standing, repository: Repository, tmp_path: Path
) -> None:
    repository.commit("more fixes", both=BOTH)
    other = fill(Repository(tmp_path / "other"), BOTH)
    targets = several(repository.path, other.path)
    first, second = carried_out(targets, Plan(5, Way.BRANCHES, writes=1))
    assert (len(branches(repository)), len(branches(other))) == (1, 0)
    assert second.night is not None
    assert second.night.outcome is not None
    assert "what this night may write is used up" in second.night.outcome.text
    assert first.is_whole
    assert second.is_whole
    again = carried_out(targets, Plan(5, Way.BRANCHES))
    assert all(told.night is not None and told.night.outcome is not None for told in again)
    assert len(branches(repository)) == len(branches(other)) >= 2
    assert all(told.night and told.night.outcome is None for told in carried_out(targets, Plan(5, Way.BRANCHES)))


def test_what_a_killed_night_wrote_counts_when_it_is_gone_on_with(
    where: Standing, repository: Repository, tmp_path: Path
) -> None:
    other = fill(Repository(tmp_path / "other"))
    targets, plan = several(repository.path, other.path), Plan(5, Way.BRANCHES, writes=1)

    def kill(_told: Told) -> None:
        raise _Killed

    with pytest.raises(_Killed):
        nights(targets, plan, places().data, silent, tell=kill)
    assert len(branches(repository)) == 1
    carried_out(targets, plan)
    assert (len(branches(repository)), len(branches(other))) == (1, 0)


def test_time_that_is_used_up_is_told_of_each_target_that_was_not_begun(where: Standing) -> None:
    first, second = carried_out(several(where.folder, where.folder), Plan(0.00001))
    assert not first.is_whole
    assert second.failed is not None
    assert second.failed.what.startswith("not begun: the ")


HOLDER = """
import sys, time
from pathlib import Path
from nova.nightly.journal import RECORD
from nova.nightly.turnstile import held
with held(Path(sys.argv[1]), "shop (fixes: ask)") as kept:
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_at_once_the_second_says_who_runs_and_a_dead_one_holds_nothing(
    where: Standing, nova: Callable[..., Answer]
) -> None:
    command = [sys.executable, "-c", HOLDER, str(places().data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            answer = nova("nightly")
            assert (answer.code, answer.out) == (2, "")
            assert f"process {holder.pid}, shop (fixes: ask)" in answer.err
            assert "a night is under way since 20" in answer.err
        finally:
            holder.kill()
    assert nova("nightly").code == 0


def test_a_child_of_a_night_that_died_does_not_keep_others_out(tmp_path: Path) -> None:
    """Processes that a killed night forked may live on for a while: they must not hold its lock."""
    forking = HOLDER.replace('print("held", flush=True)', 'import os; os.fork() and print("held", flush=True)')
    with subprocess.Popen(
        [sys.executable, "-c", forking, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True,
        start_new_session=True,
    ) as holder:  # fmt: skip
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(UnderWay), held(tmp_path, "x"):
                pass
            holder.kill()
            holder.wait()
            with held(tmp_path, "x") as kept:
                assert kept.turns == []
        finally:
            import os
            import signal

            os.killpg(holder.pid, signal.SIGKILL)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"turns": 3}', "\0" * 40])
def test_a_file_of_the_lock_that_is_broken_is_begun_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "nightly.json").write_text(content)
    with held(tmp_path, "x") as kept:
        kept.begin("turn")
    assert json.loads((tmp_path / "nightly.json").read_text())["ended"] is True


def test_only_the_same_night_is_gone_on_with(tmp_path: Path) -> None:
    def kill(what: str, found: list[list[str]]) -> None:
        with held(tmp_path, what) as kept:
            found.append(list(kept.turns))
            kept.begin("turn")
            raise _Killed

    found: list[list[str]] = []
    for what in ("one", "one", "two"):
        with pytest.raises(_Killed):
            kill(what, found)
    assert found == [[], ["turn"], []]


# The command


def test_the_command_prints_the_night_and_then_one_line(where: Standing, nova: Callable[..., Answer]) -> None:
    told = nova("nightly")
    assert told.code == 0, told.err
    assert told.out.startswith("GitHub was left out: ")
    assert "nova ask --approve ID" in told.out
    quiet = nova("nightly").out
    assert quiet.startswith("nothing changed since the last night (")
    assert quiet.count("\n") == 1
    data = nova("nightly", "--format", "json").data
    assert (data["whole"], data["targets"][0]["changed"]) == (True, False)
    (again,) = nova("nightly", "--format", "json", "--again").data["targets"]
    assert (again["changed"], again["complete"], again["status"]) == (True, True, "answered")
    assert again["turn"] in nova("trace").out


def test_named_targets_are_visited_in_turn_and_a_wrong_one_makes_it_not_whole(
    where: Standing, nova: Callable[..., Answer]
) -> None:
    folder = places().targets
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(f'[target]\nname = "shop"\npath = "{where.folder}"\n')
    (folder / "gone.toml").write_text('[target]\nname = "gone"\npath = "/nowhere/at/all"\n')
    answer = nova("nightly", "--target", "gone", "nobody", "--target", "shop")
    assert answer.code == 2
    assert answer.out.startswith("gone: there is no folder /nowhere/at/all\n")
    assert "nobody: there is no target called nobody" in answer.out
    assert "\nshop:\n" in answer.out
    assert "Nova's own record:" in answer.out


def test_a_path_and_targets_contradict_each_other(where: Standing, nova: Callable[..., Answer]) -> None:
    answer = nova("nightly", ".", "--target", "shop")
    assert answer.code == 2
    assert "two different things" in answer.err


def test_the_face_of_the_package_is_what_others_use() -> None:
    assert set(nightly.__all__) == {"Asked", "Night", "Plan", "Told", "Way", "night", "nights"}
