"""The tests that a rung runs, with their recording; or that rung's answer where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof.testing import Untestable
from nova.proof.tools import NEXT
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from nova.proof.testing import Recording, RunsTests
    from nova.proof.tools import Tools


def recorded_tests(tools: Tools, rung: int, name: str) -> tuple[RunsTests, Recording] | RungResult:
    """The target's tests and what was recorded of them; a result that says why the rung is not run, else."""
    tests = tools.tests
    if tests is None:
        return RungResult(rung, name, Outcome.NOT_RUN, tools.untested)
    recorded = tests.record()
    if isinstance(recorded, Untestable):
        why = recorded.why + (f"{NEXT}{recorded.next_step}" if recorded.next_step else "")
        return RungResult(rung, name, Outcome.NOT_RUN, why, (tests.command,))
    return tests, recorded
