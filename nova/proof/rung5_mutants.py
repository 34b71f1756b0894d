"""Rung 5: the mutants. The tests that run the changed lines do look at them: small changes of these lines are noticed.

A mutant is killed when a test that passes without it is seen not to pass with it, or when its run does not come to an
end, twice; a report that is torn kills nothing, for a suite that breaks off would kill everything. Both sides of the
patch are run without mutants before the first mutant and after the last: what fails then fails of itself.

Good tests let a few mutants live, such as ``match`` for ``fullmatch``. Where the tests kill at least one mutant of each
line, a few that live are left to inputs near those of the tests: if these tell such a mutant from the code that it was
made of, they would have told the patch from it too, had that been the patch.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.proof.covering import covering
from nova.proof.inputs.apart import alike
from nova.proof.inputs.choose import Bounds
from nova.proof.inputs.run import Inputs, files_of
from nova.proof.mutation import mutants_of
from nova.proof.recorded_tests import recorded_tests
from nova.proof.running import End
from nova.proof.testing import BEFORE, Seen, Variant
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
_MOST_LIVING = 4
"""Beyond so many that live, the tests are not good ones."""
_BOUNDS = Bounds(seconds=20.0)
_LOST = frozenset({Seen.FAILED, Seen.ERROR})


def climb(case: Case, tools: Tools) -> RungResult:
    """Make the mutants, run the covering tests on each, and stop at the first that no test notices."""
    ready = recorded_tests(tools, RUNG, NAME)
    if isinstance(ready, RungResult):
        return ready
    tests, recorded = ready
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
    by_inputs: int = 0

    def judged(self, recorded: Recording) -> RungResult:
        found = covering(recorded, self.patch).tests
        self.chosen = sorted(found, key=lambda test: recorded.seconds.get(test, 0.0))
        trouble = self._settled()
        if trouble:
            return self._told(trouble)
        living = self._living()
        if isinstance(living, str):
            return self._told(living)
        trouble = self._dirty()
        if trouble:
            return self._told(f"{trouble} when it was run again after the mutants")
        left = alike(Inputs(self.tests, self.chosen, files_of(self.patch), _BOUNDS), self.patch, living)
        if left is not None:
            return self._told(f"{_survived(left)}, and no input that was tried shows it")
        self.by_inputs = len(living)
        each = f"all {self.killed + self.by_inputs} mutants of these lines are noticed"
        each += f", {self.by_inputs} of them by inputs near those of the tests" if living else ""
        result = self._told(f"{each} ({self.sides.count('old')} of the old, {self.sides.count('new')} of the new)")
        return replace(result, outcome=Outcome.PASSED)

    def _living(self) -> list[Made] | str:
        """The few mutants that the tests let live; why they are not to be left to inputs, else."""
        living: list[Made] = []
        seen: set[tuple[str, str, int]] = set()
        for made, first in self._runs():
            # A busy machine ends a run too: what did not come to its end is run once more, and must die again.
            run = self._again(made) if first.end in _DIED and not _LOST.intersection(first.outcomes.values()) else first
            if killed(run):
                self.killed += 1
                seen.add((made.side, made.path, made.mutant.line))
            elif run.why or len(living) == _MOST_LIVING:
                return _survived(made, run)
            else:
                living.append(made)
        unseen = [made for made in living if (made.side, made.path, made.mutant.line) not in seen]
        return _survived(unseen[0]) if unseen else living

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
        counts = (
            *_counts(self.sides),
            ("killed", self.killed),
            ("told by inputs", self.by_inputs),
            ("tests", len(self.chosen)),
        )
        return replace(self.blank, why=why, counts=counts)


def _counts(sides: Sides) -> tuple[tuple[str, int], ...]:
    return ("mutants of the old", sides.count("old")), ("mutants of the new", sides.count("new"))


def _survived(made: Made, run: TestRun | None = None) -> str:
    if run is not None and run.why:
        return f"it cannot be told whether a test sees {made.place} ({made.mutant.says}): {run.why}"
    return f"no test sees this line: {made.place}, {made.mutant.says}"
