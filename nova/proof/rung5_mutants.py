"""Rung 5: the mutants. The tests that run the changed lines do look at them: small changes of these lines are noticed.

A mutant is killed when a test that passes without it is seen not to pass with it, or when its run does not come to an
end, twice; a report that is torn kills nothing, for a suite that breaks off would kill everything. Both sides of the
patch are run without mutants before the first mutant and after the last: what fails then fails of itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.proof.covering import covering
from nova.proof.mutation import mutants_of
from nova.proof.running import End
from nova.proof.testing import BEFORE, Seen, Untestable, Variant
from nova.proof.verdict import Outcome, RungResult
from reviewers.text import Undecodable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.case import Case, Patch
    from nova.proof.mutation import Made, Sides
    from nova.proof.testing import Recording, RunsTests, TestRun
    from nova.proof.tools import Tools

RUNG = 5
NAME = "mutants"
_DIED = frozenset({End.SIGNALLED, End.TIMED_OUT, End.OVER_LIMIT})
_LOST = frozenset({Seen.FAILED, Seen.ERROR})


def climb(case: Case, tools: Tools) -> RungResult:
    """Make the mutants, run the covering tests on each, and stop at the first that no test notices."""
    tests = tools.tests
    if tests is None:
        return RungResult(RUNG, NAME, Outcome.NOT_RUN, tools.untested)
    recorded = tests.record()
    if isinstance(recorded, Untestable):
        why = f"{recorded.why}; {recorded.next_step}" if recorded.next_step else recorded.why
        return RungResult(RUNG, NAME, Outcome.NOT_RUN, why, (tests.command,))
    blank = RungResult(RUNG, NAME, Outcome.FAILED, "", (tests.command,), tests.versions)
    try:
        sides = mutants_of(case.patch)
    except (SyntaxError, ValueError, Undecodable) as error:
        return replace(blank, outcome=Outcome.NOT_RUN, why=f"no mutants can be made: {error}")
    if sides.without or not sides.made:
        none = sides.without[0] if sides.without else "the patch"
        return replace(blank, why=f"no mutant can be made of these lines ({none})", counts=_counts(sides))
    return _Trial(tests, case.patch, sides, blank).judged(recorded)


def killed(run: TestRun) -> bool:
    """Whether a run on a mutant tells that it is noticed, provided that the same run passes without the mutant."""
    return run.end in _DIED or any(seen in _LOST for seen in run.outcomes.values())


@dataclass(slots=True)
class _Trial:
    """The runs of one patch."""

    tests: RunsTests
    patch: Patch
    sides: Sides
    blank: RungResult
    chosen: list[str] = field(default_factory=list)
    killed: int = 0

    def judged(self, recorded: Recording) -> RungResult:
        found = covering(recorded, self.patch).tests
        self.chosen = sorted(found, key=lambda test: recorded.seconds.get(test, 0.0))
        trouble = self._settled()
        if trouble:
            return self._told(trouble)
        for made, first in self._runs():
            # A busy machine ends a run too: what did not come to its end is run once more, and must die again.
            run = self._again(made) if first.end in _DIED and not _LOST.intersection(first.outcomes.values()) else first
            if not killed(run):
                return self._told(_survived(made, run))
            self.killed += 1
        trouble = self._dirty()
        if trouble:
            return self._told(f"{trouble} when it was run again after the mutants")
        each = f"all {self.killed} mutants of these lines are noticed"
        result = self._told(f"{each} ({self.sides.count('old')} of the old, {self.sides.count('new')} of the new)")
        return replace(result, outcome=Outcome.PASSED)

    def _settled(self) -> str:
        """Keep the tests that pass on both sides as they are run here; why that cannot be told, else nothing.

        A test that does not pass alone is left out, as the rung below does; what is left must then pass together.
        """
        for side in self._unchanged():
            run = next(iter(self.tests.run(self.chosen, [side])))
            if run.why:
                return f"the tests could not be run {side.name} the patch: {run.why}"
            self.chosen = [test for test in self.chosen if run.outcomes.get(test) is Seen.PASSED]
            if not self.chosen:
                return f"no test that runs these lines passes {side.name} the patch"
        return ""

    def _dirty(self) -> str:
        for side in self._unchanged():
            run = next(iter(self.tests.run(self.chosen, [side], first_failure=True)))
            if not run.passed(self.chosen):
                lost = next((t for t in self.chosen if run.outcomes.get(t) is not Seen.PASSED), "")
                return f"without a mutant, {side.name} the patch, {lost or 'the run'} does not pass"
        return ""

    def _unchanged(self) -> tuple[Variant, Variant]:
        return BEFORE, Variant("after", {change.path: change.after or b"" for change in self.patch.files})

    def _runs(self) -> Iterator[tuple[Made, TestRun]]:
        variants = [made.variant for made in self.sides.made]
        yield from zip(self.sides.made, self.tests.run(self.chosen, variants, first_failure=True), strict=True)

    def _again(self, made: Made) -> TestRun:
        return next(iter(self.tests.run(self.chosen, [made.variant], first_failure=True)))

    def _told(self, why: str) -> RungResult:
        counts = (*_counts(self.sides), ("killed", self.killed), ("tests", len(self.chosen)))
        return replace(self.blank, why=why, counts=counts)


def _counts(sides: Sides) -> tuple[tuple[str, int], ...]:
    return ("mutants of the old", sides.count("old")), ("mutants of the new", sides.count("new"))


def _survived(made: Made, run: TestRun) -> str:
    if run.why:
        return f"it cannot be told whether a test sees {made.place} ({made.mutant.says}): {run.why}"
    return f"no test sees this line: {made.place}, {made.mutant.says}"
