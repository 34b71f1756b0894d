"""Rung 7: the whole suite. Every test that passed before the patch passes after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nova.proof.again import named, run_again
from nova.proof.recorded_tests import recorded_tests
from nova.proof.rung4_tests import after_of, example
from nova.proof.testing import Seen
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from nova.proof.case import Case
    from nova.proof.tools import Tools

RUNG = 7
NAME = "suite"


def climb(case: Case, tools: Tools) -> RungResult:
    """Run all tests after the patch; what fails anew, and again when it is run again, refutes the patch."""
    ready = recorded_tests(tools, RUNG, NAME)
    if isinstance(ready, RungResult):
        return ready
    tests, recorded = ready
    asked = [t for t, seen in recorded.outcomes.items() if seen is Seen.PASSED and t not in recorded.unstable]
    counts = (("tests", len(asked)), ("tests left out", len(recorded.outcomes) - len(asked)))
    blank = RungResult(RUNG, NAME, Outcome.FAILED, "", (tests.command,), tests.versions, counts)
    if not asked:
        return replace(blank, why="no test passed before")
    patched = replace(after_of(case.patch), watched=())
    after = next(iter(tests.run([], [patched])))
    if after.why:
        return replace(blank, why=f"the suite could not be run after the patch: {after.why}")
    lost = [test for test in asked if after.outcomes.get(test) is not Seen.PASSED]
    if lost:
        again = run_again(tests, lost, patched)
        if again.broken:
            why = f"{len(lost)} of {len(asked)} tests passed before and not after, {again.broken[0]} among them"
            shown = example(again.broken, after, tests.command)
            return replace(blank, outcome=Outcome.REFUTED, why=why, counterexample=shown)
        return replace(blank, why=again.why or f"not alike each time: {named(lost)}")
    anew = [t for t, seen in after.outcomes.items() if seen is Seen.ERROR and recorded.outcomes.get(t) is not seen]
    anew = [test for test in anew if test not in recorded.unstable]
    if anew:
        said = after.says.get(anew[0], "")
        return replace(blank, why=f"{anew[0]} has an error that was not there before" + (f": {said}" if said else ""))
    return replace(blank, outcome=Outcome.PASSED, why=f"all {len(asked)} tests that passed before pass after")
