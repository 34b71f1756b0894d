"""Rung 5: what it takes for the mutants of a patch to be all killed, and what is said where they are not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from nova.proof.compilers import Compilers
from nova.proof.rung5_mutants import climb
from nova.proof.running import End, Limits, Ran
from nova.proof.testing import Plugin, Recording, Seen, TestRun, Untestable, Variant
from nova.proof.tools import Tools
from nova.proof.verdict import Outcome
from tests.nova.proof.cases import Told, text_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nova.proof.verdict import RungResult

BEFORE_TEXT = "def f(x):\n    if x == None:\n        return 0\n    return x + 1\n"
AFTER_TEXT = "def f(x):\n    if x is None:\n        return 0\n    return x + 1\n"


@dataclass
class Tests:
    """Runs checks on the text of one file, which it executes: a test fails where its check is false or raises."""

    __test__ = False
    checks: Mapping[str, Callable[[dict[str, object]], object]]
    before: str = BEFORE_TEXT
    bend: Callable[[TestRun, int], TestRun] = lambda run, _: run
    unstable: frozenset[str] = frozenset()
    untestable: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    runs: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)
    command: str = "checks"
    versions: tuple[str, ...] = ("checks 1",)
    contained: bool = True

    def record(self) -> Recording | Untestable:
        if self.untestable:
            return Untestable(self.untestable, "mend it")
        every = {n: tuple(self.checks) for n in range(1, self.before.count("\n") + 1)}
        return Recording(
            dict.fromkeys(self.checks, Seen.PASSED), {"a.py": every}, {}, self.unstable, dict(self.seconds)
        )

    def run(
        self, tests: Sequence[str], variants: Sequence[Variant], *, first_failure: bool = False
    ) -> Iterator[TestRun]:
        for variant in variants:
            self.runs.append((variant.name, tuple(tests), first_failure))
            outcomes: dict[str, Seen] = {}
            for test in tests:
                outcomes[test] = self._outcome(test, variant)
                if first_failure and outcomes[test] is not Seen.PASSED:
                    break
            yield self.bend(TestRun(variant.name, End.EXITED, outcomes, 0.1), len(self.runs))

    def _outcome(self, test: str, variant: Variant) -> Seen:
        space: dict[str, object] = {}
        try:
            exec(variant.changed.get("a.py", self.before.encode()), space)
            return Seen.PASSED if self.checks[test](space) else Seen.FAILED
        except Exception:  # noqa: BLE001  whatever the text under test raises
            return Seen.ERROR

    def run_with(self, plugin: Plugin, tests: Sequence[str], variant: Variant, limits: Limits | None = None) -> Ran:
        return Ran(End.SIGNALLED, None, 0.1)


def f(space: dict[str, object]) -> Callable[[object], object]:
    return space["f"]  # type: ignore[return-value]


GOOD = {"none": lambda s: f(s)(None) == 0, "number": lambda s: f(s)(1) == 2}
"""Checks that look at what the changed line decides."""
BLIND = {"ran": lambda s: f(s)(1) or f(s)(None) == 0 or True}
"""A check that runs every line and looks at nothing."""


def climbed(tests: Tests | None, before: str = BEFORE_TEXT, after: str = AFTER_TEXT, **made: object) -> RungResult:
    with Compilers() as compilers:
        return climb(text_case(before, after, trusted=True, **made), Tools(compilers, Told(), None, tests))  # type: ignore[arg-type]


def test_tests_that_look_at_the_change_pass() -> None:
    tests = Tests(GOOD)
    result = climbed(tests)
    assert result.outcome is Outcome.PASSED, result.why
    counts = dict(result.counts)
    assert counts["mutants of the old"] > 0
    assert counts["mutants of the new"] > 0
    assert counts["killed"] == counts["mutants of the old"] + counts["mutants of the new"]
    assert result.commands == ("checks",)
    assert result.versions == ("checks 1",)


def test_tests_that_only_run_the_line_fail_with_its_place() -> None:
    result = climbed(Tests(BLIND))
    assert result.outcome is Outcome.FAILED
    assert result.why.startswith("no test sees this line: a.py:2 before the patch, `x == None` becomes")


def test_nothing_more_is_run_after_five_survivors() -> None:
    before = "def f(x):\n" + "".join(f"    a{n} = x + {n}\n" for n in range(9)) + "    return 1\n"
    tests = Tests({"ran": lambda s: f(s)(1)}, before)
    assert climbed(tests, before, before.replace("x + ", "2 * x + ")).outcome is Outcome.FAILED
    assert len([name for name, _, first in tests.runs if first]) == 5


def test_a_survivor_is_not_forgiven_where_no_input_can_be_tried() -> None:
    before = "def f(x):\n    return x + 1\n"
    result = climbed(Tests({"some": lambda s: f(s)(1)}, before), before, before.replace("x + 1", "1 + x"))
    assert result.outcome is Outcome.FAILED
    assert result.why.startswith("no test sees this line: a.py:2")
    assert dict(result.counts)["killed"] > 0
    assert dict(result.counts)["told by inputs"] == 0


def test_both_sides_run_without_mutants_before_and_after_in_the_same_way() -> None:
    tests = Tests(GOOD)
    climbed(tests)
    names = [name for name, _, _ in tests.runs]
    assert names[:2] == ["before", "after"]
    assert names[-2:] == ["before", "after"]
    assert all(first for _, _, first in tests.runs[2:])


def test_the_quickest_test_comes_first() -> None:
    tests = Tests(GOOD, seconds={"none": 2.0, "number": 0.1})
    climbed(tests)
    assert {given for _, given, _ in tests.runs} == {("number", "none")}


def test_a_suite_that_always_fails_kills_nothing() -> None:
    result = climbed(Tests({"never": lambda s: False}))
    assert result.outcome is Outcome.FAILED
    assert "no test that runs these lines passes before the patch" in result.why


def test_a_suite_that_fails_since_the_mutants_kills_nothing() -> None:
    def soiled(run: TestRun, number: int) -> TestRun:
        return replace(run, outcomes=dict.fromkeys(run.outcomes, Seen.FAILED)) if number > 3 else run

    result = climbed(Tests(GOOD, bend=soiled))
    assert result.outcome is Outcome.FAILED
    assert result.why.endswith("does not pass when it was run again after the mutants")


@pytest.mark.parametrize("end", [End.TIMED_OUT, End.SIGNALLED, End.OVER_LIMIT])
def test_a_run_that_dies_or_does_not_end_kills(end: End) -> None:
    def dying(run: TestRun, _: int) -> TestRun:
        return replace(run, end=end, outcomes={}, why="it died") if "mutant" in run.variant else run

    assert climbed(Tests(BLIND, bend=dying)).outcome is Outcome.PASSED


def test_a_run_that_dies_once_and_not_again_kills_nothing() -> None:
    def dying(run: TestRun, number: int) -> TestRun:
        return replace(run, end=End.TIMED_OUT, outcomes={}, why="no time") if number == 3 else run

    result = climbed(Tests(BLIND, bend=dying))
    assert result.outcome is Outcome.FAILED
    assert dict(result.counts)["killed"] == 0


def test_a_suite_that_dies_without_mutants_too_kills_nothing() -> None:
    def dying(run: TestRun, number: int) -> TestRun:
        return replace(run, end=End.SIGNALLED, outcomes={}, why="it died") if number > 2 else run

    assert climbed(Tests(GOOD, bend=dying)).outcome is Outcome.FAILED


@pytest.mark.parametrize("end", [End.NOT_STARTED, End.EXITED])
def test_a_run_that_cannot_be_read_kills_nothing(end: End) -> None:
    def torn(run: TestRun, _: int) -> TestRun:
        return replace(run, end=end, outcomes={}, why="its report is torn") if "mutant" in run.variant else run

    result = climbed(Tests(GOOD, bend=torn))
    assert result.outcome is Outcome.FAILED
    assert result.why.startswith("it cannot be told whether a test sees a.py:2")


def test_a_torn_report_that_holds_a_failing_test_kills() -> None:
    def torn(run: TestRun, _: int) -> TestRun:
        return replace(run, why="its report is torn") if "mutant" in run.variant else run

    assert climbed(Tests(GOOD, bend=torn)).outcome is Outcome.PASSED


def test_a_skipped_test_has_seen_nothing() -> None:
    def skipped(run: TestRun, _: int) -> TestRun:
        return replace(run, outcomes=dict.fromkeys(run.outcomes, Seen.SKIPPED)) if "mutant" in run.variant else run

    assert climbed(Tests(GOOD, bend=skipped)).outcome is Outcome.FAILED


def test_a_test_that_fails_by_itself_is_left_out() -> None:
    tests = Tests({**GOOD, "never": lambda s: False})
    assert climbed(tests).outcome is Outcome.PASSED
    assert tests.runs[-1][1] == ("none", "number")


def test_unstable_tests_are_left_out() -> None:
    checks = {**BLIND, **GOOD}
    assert climbed(Tests(checks)).outcome is Outcome.PASSED
    assert climbed(Tests(checks, unstable=frozenset({"number"}))).outcome is Outcome.FAILED


def test_where_no_mutant_can_be_made_it_fails() -> None:
    result = climbed(Tests(GOOD, before="x: int\n"), "x: int\n", "x: str\n")
    assert result.outcome is Outcome.FAILED
    assert result.why == "no mutant can be made of these lines (a.py before the patch)"


def test_a_file_that_this_python_cannot_read_is_not_judged() -> None:
    assert climbed(Tests(GOOD), "def f(:\n", "def f(x:\n").outcome is Outcome.NOT_RUN


def test_without_tests_it_is_not_run() -> None:
    assert climbed(None).outcome is Outcome.NOT_RUN
    result = climbed(Tests(GOOD, untestable="no pytest"))
    assert (result.outcome, result.why) == (Outcome.NOT_RUN, "no pytest; next: mend it")
