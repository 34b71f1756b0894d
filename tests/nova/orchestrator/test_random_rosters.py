"""Whatever agents do, a turn ends within its bounds, and a killed one goes on without doing anything twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import rosters
from benchmarks.roster_bounds import complaints
from benchmarks.roster_cases import case
from nova.orchestrator import gate, guards

if TYPE_CHECKING:
    import random

COMMON = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@settings(COMMON, max_examples=200)
@given(st.randoms(use_true_random=False))
def test_every_turn_ends_within_its_bounds_and_its_trace_is_whole(dice: random.Random) -> None:
    found = rosters.followed(case(dice))[-1]
    _, lines, machine = rosters.whole(found)
    assert complaints(found, lines, machine) == []


@settings(COMMON, max_examples=150)
@given(
    st.randoms(use_true_random=False), st.floats(0, 1), st.booleans(), st.none() | st.integers(0, 6)
)  # fmt: skip
def test_killed_at_any_line_and_resumed_it_ends_the_same_and_does_nothing_twice(
    dice: random.Random, where: float, after: bool, again: int | None
) -> None:
    found = rosters.followed(case(dice))[-1]
    _, lines, _ = rosters.whole(found)
    at = min(int(where * len(lines)), len(lines) - 1)
    assert rosters.compare(found, at, after=after, again=again) == []


def test_killed_at_each_line_in_turn_it_ends_the_same() -> None:
    tally = rosters.many(12, seed=7, every=1)
    assert tally.wrong == []
    assert tally.kills > 100


@pytest.mark.parametrize(
    ("guard", "broken", "complaint"),
    [
        ("declared", lambda *_: "", "does not allow"),
        ("hops", lambda *_: "", "hops"),
        ("same_edge", lambda *_: "", "handed off to"),
        ("may_call", lambda *_: "", "calls of"),
        ("same_call", lambda *_: "", "made the same call"),
    ],
)
def test_the_search_finds_a_guard_that_does_not_hold(
    guard: str, broken: object, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, guard, broken)
    assert any(complaint in said for said in rosters.many(600, kills=0, every=10**6, patient=False).wrong)


def test_the_search_finds_effects_that_are_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    monkeypatch.setattr(gate, "key_of", lambda *_: str(next(numbers)))
    assert any("effects" in said for said in rosters.many(200, kills=6, every=10**6, patient=False).wrong)
