"""A long pull request: thirty findings through twenty pushes, rebases and renames; and runs that end at any call."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from tests.nova.github.desk import Desk, Killed, module

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
PUSHES = 20


class Story:
    """What stands in each file of the branch, and how it goes on; the same seed tells the same story."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self._desk = desk
        self._chance = random.Random(seed)
        self._number = 0
        self.files: dict[str, list[str]] = {}
        for name in ("a.py", "b.py", "c.py", "d.py", "e.py"):
            self.files[name] = [self._new() for _ in range(6)]

    def _new(self) -> str:
        self._number += 1
        return f"load_{self._number}"

    def texts(self) -> dict[str, str | bytes | None]:
        return {name: module(*functions) for name, functions in self.files.items()}

    def names(self) -> set[str]:
        return {name for functions in self.files.values() for name in functions}

    def push(self, step: int) -> None:
        """Mend two, bring one in, turn a file around, rename a file; every fifth time the branch is rebased."""
        gone: dict[str, str | bytes | None] = {}
        for _ in range(2):
            full = [name for name, functions in self.files.items() if functions]
            if full:
                functions = self.files[self._chance.choice(full)]
                functions.remove(self._chance.choice(functions))
        if step % 3 == 0:
            self._chance.choice(list(self.files.values())).append(self._new())
        if step % 4 == 0:
            self._chance.choice(list(self.files.values())).reverse()
        if step % 6 == 0:
            old = self._chance.choice(sorted(self.files))
            gone[old] = None
            self.files[f"moved_{step}_{old}"] = self.files.pop(old)
        if step % 5 == 0:
            self._desk.forge.commit("main", {"base.py": f"STEP = {step}\n"}, "Go on")
            self._desk.push(self.texts(), start="main", force=True)
        else:
            self._desk.push({**gone, **self.texts()})


def _check(desk: Desk, story: Story) -> None:
    threads = desk.threads()
    marks = [t["mark"] for t in threads]
    assert len(marks) == len(set(marks)), "told of twice"
    (summary,) = desk.summaries()
    shown = {t["mark"][:8] for t in threads if not t["isResolved"]}
    listed = {line.rsplit("`", 2)[1] for line in summary.splitlines() if line.startswith("- [")}
    assert not shown & listed, "in two places"
    assert len(shown | listed) == len(story.names()), "lost, or not resolved"


def test_thirty_findings_through_twenty_pushes_are_each_told_of_once_and_all_resolved(desk: Desk) -> None:
    story = Story(desk, 7)
    desk.begin(story.texts())
    desk.post()
    _check(desk, story)
    for step in range(1, PUSHES + 1):
        story.push(step)
        desk.post()
        _check(desk, story)
    for functions in story.files.values():
        functions.clear()
    desk.push(story.texts())
    desk.post()
    assert all(t["isResolved"] for t in desk.threads())
    assert desk.summaries()[0].startswith("### Nova: nothing found")


STEPS: list[dict[str, str | bytes | None]] = [
    {"a.py": module(*(f"load_{n}" for n in range(9)))},
    {"a.py": module(*(f"load_{n}" for n in range(2, 9))), "b.py": module("save")},
    {"a.py": None, "c.py": module(*(f"load_{n}" for n in range(2, 8)))},
]


@pytest.mark.parametrize("is_after", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("step", [0, pytest.param(1, marks=pytest.mark.long), 2])
def test_a_run_that_ends_at_any_call_and_is_repeated_ends_in_the_same_state(
    desk: Desk, step: int, is_after: bool, tmp_path: Path
) -> None:
    # So many runs within a minute are more than GitHub takes from one person.
    desk.forge.app.limits.sizes.secondary = False
    desk.begin(STEPS[0])
    desk.number = 0

    def told(end: int) -> tuple[object, int]:
        """A pull request of its own, whose run at ``step`` ends at one call and is repeated."""
        desk.number += 1
        branch = f"feature-{desk.number}"
        for number, files in enumerate(STEPS[: step + 1]):
            # Two pull requests of one commit would share its light.
            message = f"Step {number} of {branch}"
            desk.forge.commit(branch, files, message, start="main" if number == 0 else None)
            if number == 0:
                desk.open(head=branch)
            if number < step:
                desk.post()
        made = 0
        try:
            _, made = desk.post(end, is_after=is_after)
        except Killed:
            desk.post()
        return desk.state(), made

    desk.number = 1
    whole, calls = told(0)
    assert calls >= 4
    for end in range(1, calls + 1):
        state, made = told(end)
        assert state == whole, end
        assert made == 0, "it was to end on the way"


def test_three_hundred_files_are_reviewed_and_posted_in_time(desk: Desk) -> None:
    desk.begin({f"pkg{n % 10}/m{n}.py": module(*(f"load_{n}_{k}" for k in range(3))) for n in range(300)})
    began = time.monotonic()
    desk.nova("--post")
    assert time.monotonic() - began < 30
    assert len(desk.calls) <= 25
    assert len(desk.comments()) == 7
    assert "893 below" in desk.summaries()[0]
