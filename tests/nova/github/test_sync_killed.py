"""A run of ``nova sync`` that ends at any call and is repeated: the same in memory, and nothing said twice."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import requests

from memory import Kind
from nova import app, pulls, syncing
from nova.github.forge import GitHubForge
from nova.ports import silent
from nova.proposing import remembered
from nova.proposing.past import Proposal, Stage
from nova.request import Request
from tests.nova.github.desk import Desk, Killed, Mortal, module, sign
from tests.nova.github.test_sync import answer, clone, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow
RULES = {2: "B001", 3: "B002", 4: "B003"}


def run(end: int = 0, *, is_after: bool = False) -> int:
    """Sync as the command does, and tell how many calls it took; the process may end at one of them."""
    request = Request()
    place = pulls.place_of(request, silent)
    calls = Mortal(place.address, place.token, silent)
    calls.end, calls.is_after = end, is_after
    forge = GitHubForge(calls, place.address.repository, place.token)
    done = syncing.sync(request, silent, pulls.Place(place.address, place.token, forge, place.git))
    assert done.is_whole, done.notices
    return calls.made


def begin(desk: Desk) -> None:
    """Everything that sync listens to, on five pull requests."""
    desk.begin({"bad.py": module(*(f"load_{n}" for n in range(6)))})
    assert desk.nova("--post") == 0
    comments = [int(c["id"]) for c in desk.comments()]
    back = say(desk, f"pulls/comments/{comments[5]}/reactions", "writer", content="-1")
    for number, rule in RULES.items():
        desk.forge.commit(f"nova/{number}", {f"p{number}.py": "X = 1\n"}, f"Mend {rule}", start="main")
        desk.open(head=f"nova/{number}")
    desk.forge.commit("talk", {"talk.py": "X = 1\n"}, start="main")
    desk.open(head="talk")
    _propose()
    run()
    url = f"{desk.forge.api}/repos/owner/project"
    requests.delete(f"{url}/pulls/comments/{comments[5]}/reactions/{back}", headers=sign("writer"), timeout=9)
    answer(desk, comments[0], "writer", "/nova dismiss by design")
    answer(desk, comments[1], "writer", "/nova dismiss wrong\n/nova explain")
    answer(desk, comments[1], "owner", "/nova accept")
    answer(desk, comments[2], "reader", "/nova dismiss wrong")
    say(desk, f"pulls/comments/{comments[3]}/reactions", "writer", content="-1")
    desk.resolve(desk.threads()[4]["id"], "writer")
    say(desk, "issues/5/comments", "writer", body="/nova help")
    requests.patch(f"{url}/pulls/2", json={"state": "closed"}, headers=sign("owner"), timeout=9)
    shas = [
        requests.put(f"{url}/pulls/{number}/merge", json={}, headers=sign("owner"), timeout=9).json()["sha"]
        for number in (3, 4)
    ]
    desk.forge.commit("main", {"p4.py": None}, f"Take it back\n\nThis reverts commit {shas[-1]}.")


def _propose() -> None:
    key = _key()
    with app.remembered(Request(path=clone()), silent) as memory:
        for number, rule in RULES.items():
            at = "2020-01-01T00:00:00+00:00"
            one = Proposal(f"p{number}", rule, f"nova/{number}", "a" * 40, (), Stage.OPEN, at, number)
            assert remembered.note(memory, key, one, "nova")


def _key() -> str:
    return app.find_subject(Request(path=clone())).key


def _held() -> tuple[Sequence[object], list[tuple[str, Stage, int | None]], list[str]]:
    """All that memory holds of it; only when an answer was taken back is a matter of the run."""
    key = _key()
    with app.remembered(Request(path=clone()), silent) as memory:
        said = sorted(
            (v.answer, v.because, v.id, v.who, v.at if v.answer != "undo" else "") for v in memory.verdicts(key)
        )
        stages = sorted((p.rule, p.stage, p.number) for p in remembered.load(memory, key))
        facts = sorted(i.value for i in memory.items(key, [Kind.FACT]))
        return said, stages, facts


def _said(desk: Desk) -> list[str]:
    """Nova's answers, in the threads and in the conversations; the bodies name the comments that they are for."""
    told = [c.body for number in (1, 5) for c in desk.forge.pull(number).review_comments()]
    told += [c.body for number in (1, 5) for c in desk.forge.pull(number).comments]
    return sorted(body for body in told if "nova:reply" in body)


def _unsay(desk: Desk, updated: dict[int, str]) -> None:
    """Let the world be as it was before the first run."""
    for number, at in updated.items():
        pull = desk.forge.pull(number)
        pull.updated = at
        pull.comments = [c for c in pull.comments if "nova:reply" not in c.body]
        for thread in pull.threads:
            thread.comments = [c for c in thread.comments if "nova:reply" not in c.body]


@pytest.mark.parametrize("is_after", [False, pytest.param(True, marks=pytest.mark.long)])
def test_killed_at_any_call_and_run_again_memory_is_the_same_and_nothing_is_said_twice(
    desk: Desk, tmp_path: Path, *, is_after: bool
) -> None:
    begin(desk)
    data, kept = desk.home / "data", tmp_path / "kept"
    shutil.copytree(data, kept)
    updated = {number: desk.forge.pull(number).updated for number in range(1, 6)}
    calls = run()
    whole, said = _held(), _said(desk)
    assert len(said) == 3
    assert [stage for _, stage, _ in whole[1]] == [Stage.CLOSED, Stage.CHANGED, Stage.REVERTED]
    assert calls >= 14
    for end in range(1, calls + 1):
        shutil.rmtree(data)
        shutil.copytree(kept, data)
        _unsay(desk, updated)
        with suppress(Killed):
            run(end, is_after=is_after)
            pytest.fail("it was to end on the way")
        run()
        assert _said(desk) == said, end
        assert _held() == whole, end
