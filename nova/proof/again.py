"""Tests that passed before a patch and not after it, run once more on both sides: what of it is the patch's doing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova.proof.testing import BEFORE, Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.testing import RunsTests, Variant

_ENOUGH = 10
"""So many tests that fail again are enough to refute a patch."""


@dataclass(frozen=True, slots=True)
class Again:
    """What came of it: ``broken`` pass before and failed after twice, ``wavering`` did not pass before this time.

    ``why`` tells in words why none can be called broken, where not all of them are wavering.
    """

    broken: tuple[str, ...] = ()
    wavering: frozenset[str] = frozenset()
    why: str = ""


def run_again(tests: RunsTests, lost: Sequence[str], patched: Variant) -> Again:
    """Run them again, without a tracer: all before, and of those that pass the first few after."""
    before = next(iter(tests.run(lost, [BEFORE])))
    if before.why:
        return Again(why=f"{named(lost)} did not pass after, and could not be run again before: {before.why}")
    steady = [test for test in lost if before.outcomes.get(test) is Seen.PASSED]
    wavering = frozenset(lost).difference(steady)
    if not steady:
        return Again(wavering=wavering)
    after = next(iter(tests.run(steady[:_ENOUGH], [replace(patched, watched=())])))
    if after.why:
        return Again(why=f"{named(steady)} did not pass after, and could not be run again: {after.why}")
    outcomes = {test: after.outcomes.get(test) for test in steady[:_ENOUGH]}
    broken = tuple(test for test, seen in outcomes.items() if seen in {Seen.FAILED, Seen.ERROR})
    if broken:
        return Again(broken, wavering)
    gone = [test for test, seen in outcomes.items() if seen is not Seen.PASSED]
    if gone:
        seen = outcomes[gone[0]]
        how = f"{seen.value} after" if seen else "not run after"
        return Again((), wavering, f"passed before, {how}: {named(gone)}")
    return Again((), wavering, f"not alike each time: {named(steady)} passes after the patch when it is run again")


def named(tests: Sequence[str]) -> str:
    """The first of some tests, and how many more there are."""
    return tests[0] + (f" and {len(tests) - 1} more" if tests[1:] else "")
