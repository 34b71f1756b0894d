"""Rung 7: the whole suite."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nova.proof.rung7_suite import climb
from nova.proof.testing import Seen, TestRun, Untestable
from nova.proof.verdict import Outcome
from tests.nova.proof.scripted import GOOD, Scripted, T, U, case, ran, recording, with_tests

BAD = ran({T: Seen.FAILED, U: Seen.PASSED})


def scripted(before: list[TestRun], after: list[TestRun]) -> Scripted:
    return Scripted(recording(), {"before": before, "after": after})


def test_a_suite_that_passes_as_before_passes_the_rung() -> None:
    tests = scripted([GOOD], [GOOD])
    result = climb(case(), with_tests(tests))
    assert (result.outcome, result.why) == (Outcome.PASSED, "all 2 tests that passed before pass after")
    assert tests.asked == [("after", ())]


def test_a_new_failure_that_stays_refutes() -> None:
    result = climb(case(), with_tests(scripted([GOOD], [BAD])))
    assert result.outcome is Outcome.REFUTED
    assert result.counterexample is not None
    assert T in result.counterexample.says


def test_a_new_failure_that_goes_or_was_there_before_refutes_nothing() -> None:
    for tests in (scripted([GOOD], [BAD, GOOD]), scripted([BAD], [BAD])):
        result = climb(case(), with_tests(tests))
        assert result.outcome is Outcome.FAILED
        assert result.why


@pytest.mark.parametrize(
    "after",
    [
        replace(GOOD, why="its report is torn"),
        ran({T: Seen.PASSED}),
        ran({T: Seen.PASSED, U: Seen.SKIPPED}),
        ran({}),
        ran({T: Seen.PASSED, U: Seen.PASSED, "test_b.py": Seen.ERROR}),
    ],
)
def test_a_suite_that_was_not_wholly_seen_is_never_a_pass(after: TestRun) -> None:
    result = climb(case(), with_tests(scripted([GOOD], [after])))
    assert result.outcome is Outcome.FAILED
    assert result.why


def test_what_failed_or_wavered_before_may_fail_after() -> None:
    tests = Scripted(replace(recording(), unstable=frozenset({T})), {"after": [BAD]})
    result = climb(case(), with_tests(tests))
    assert result.outcome is Outcome.PASSED
    assert dict(result.counts) == {"tests": 1, "tests left out": 1}


def test_a_suite_in_which_nothing_passed_supports_nothing() -> None:
    tests = Scripted(replace(recording(), outcomes={T: Seen.FAILED}), {"after": [BAD]})
    assert climb(case(), with_tests(tests)).outcome is Outcome.FAILED


def test_without_tests_the_rung_is_not_run() -> None:
    assert climb(case(), with_tests(None, "no trust")).why == "no trust"
    assert climb(case(), with_tests(Scripted(Untestable("too slow"), {}))).outcome is Outcome.NOT_RUN
