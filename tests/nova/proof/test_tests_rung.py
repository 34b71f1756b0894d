"""Rung 4: the tests that run the changed lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.rung4_tests import climb
from nova.proof.running import End
from nova.proof.testing import Seen, TestRun, Untestable
from nova.proof.verdict import Outcome
from tests.nova.proof.scripted import AFTER_TEXT, GOOD, Scripted, T, U, case, ran, recording, with_tests
from tests.nova.proof.suites import SMALL, THING, bed

if TYPE_CHECKING:
    from pathlib import Path

BAD = ran({T: Seen.FAILED, U: Seen.PASSED})


def scripted(before: list[TestRun], after: list[TestRun]) -> Scripted:
    return Scripted(recording(), {"before": before, "after": after})


def test_tests_that_pass_on_both_sides_pass_the_rung() -> None:
    tests = scripted([GOOD], [GOOD])
    result = climb(case(), with_tests(tests))
    assert result.outcome is Outcome.PASSED, result
    assert result.why == "2 tests that run these lines pass before and after"
    assert dict(result.counts) == {
        "tests": 2, "covering tests": 2, "tests left out": 0, "lines before": 1, "lines after": 1,
    }  # fmt: skip
    assert result.commands == ("pytest (declared)",)
    assert result.versions == ("Python 3.11",)
    assert tests.asked == [("after", (T, U))]


def test_a_test_that_fails_after_each_time_refutes() -> None:
    result = climb(case(), with_tests(scripted([GOOD], [BAD])))
    assert result.outcome is Outcome.REFUTED
    assert result.counterexample is not None
    assert result.counterexample.says == f"{T} passes before the patch and fails after it: assert 1 == 2"
    assert f"python -m pytest {T}" in result.counterexample.text


def test_a_test_that_fails_after_only_once_is_flaky() -> None:
    result = climb(case(), with_tests(scripted([GOOD], [BAD, GOOD])))
    assert result.outcome is Outcome.FAILED
    assert "not alike each time" in result.why


def test_a_test_that_fails_before_too_when_it_is_run_alone_is_left_out() -> None:
    alone = scripted([BAD], [BAD, ran({U: Seen.PASSED})])
    result = climb(case(), with_tests(alone))
    assert result.outcome is Outcome.PASSED, result
    assert dict(result.counts)["tests left out"] == 1
    assert alone.asked[-1] == ("after", (U,))
    none = ran({T: Seen.FAILED, U: Seen.FAILED})
    assert climb(case(), with_tests(scripted([none], [none]))).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "after",
    [
        replace(GOOD, why="its report is torn"),
        replace(GOOD, why="it did not end in time", end=End.TIMED_OUT),
        ran({T: Seen.PASSED}),
        ran({T: Seen.PASSED, U: Seen.SKIPPED}),
        ran({T: Seen.PASSED, U: Seen.XFAILED}),
        ran({}),
    ],
)
def test_what_was_not_seen_to_pass_is_never_a_pass_nor_a_refutation(after: TestRun) -> None:
    result = climb(case(), with_tests(scripted([GOOD], [after])))
    assert result.outcome is Outcome.FAILED
    assert result.why


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_second_run_that_cannot_be_read_refutes_nothing(side: str) -> None:
    torn = replace(BAD, why="its report is torn")
    tests = scripted([torn], [BAD]) if side == "before" else scripted([GOOD], [BAD, torn])
    result = climb(case(), with_tests(tests))
    assert result.outcome is Outcome.FAILED
    assert "torn" in result.why


def test_a_changed_line_that_no_test_runs_fails() -> None:
    bare = replace(recording(), contexts={"a.py": {2: (T,)}})
    result = climb(case(), with_tests(Scripted(bare, {})))
    assert (result.outcome, result.why) == (Outcome.FAILED, "no test runs line 4 of a.py")


def test_a_new_line_that_no_test_runs_fails() -> None:
    result = climb(case(), with_tests(scripted([GOOD], [ran(GOOD.outcomes, lines=frozenset({1, 2, 3}))])))
    assert (result.outcome, result.why) == (Outcome.FAILED, "no test runs line 4 of a.py")


def test_a_change_of_no_code_is_not_for_tests_to_judge() -> None:
    result = climb(case(AFTER_TEXT.replace("1 + 1", "2  # two")), with_tests(scripted([GOOD], [GOOD])))
    assert result.outcome is Outcome.PASSED  # the line differs, and runs
    empty = Case(Patch((FileChange("a.py", b"# one\n", b"# two\n"),)), TargetFacts("/nowhere"))
    assert climb(empty, with_tests(scripted([GOOD], [GOOD]))).outcome is Outcome.FAILED


def test_without_tests_the_rung_is_not_run() -> None:
    assert climb(case(), with_tests(None, "no trust")).why == "no trust"
    result = climb(case(), with_tests(Scripted(Untestable("too slow", "run less"), {})))
    assert (result.outcome, result.why) == (Outcome.NOT_RUN, "too slow; next: run less")


@pytest.mark.slow
def test_on_a_real_suite(tmp_path: Path) -> None:
    made = bed(tmp_path)

    def judged(old: str, new: str) -> tuple[Outcome, str]:
        change = FileChange("thing.py", THING.encode(), THING.replace(old, new).encode())
        result = climb(Case(Patch((change,)), TargetFacts(str(tmp_path))), with_tests(made))  # type: ignore[arg-type]
        return result.outcome, result.why

    assert judged("return 2 * n", "return n * 2")[0] is Outcome.PASSED
    assert judged("return 2 * n", "return 3 * n") == (Outcome.REFUTED, f"{SMALL} passed before and not after")
    assert judged("LIMIT = 3", "LIMIT = 4")[0] is Outcome.PASSED
    assert judged("    return n\n", "    return n + 0\n") == (Outcome.FAILED, "no test runs line 9 of thing.py")
    assert judged("        return n + n\n", "        if n == 11:\n            return 1\n        return n + n\n") == (
        Outcome.FAILED, "no test runs line 6 of thing.py",
    )  # fmt: skip
    assert judged("LIMIT = 3", "import os; os._exit(0)")[0] is Outcome.FAILED
