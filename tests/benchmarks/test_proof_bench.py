"""That the figures of proof are counted as they are told: regressions are seen, named and traced to their fix."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.applying import apply, culprit, state
from benchmarks.judging import Judge
from benchmarks.offered import offered
from benchmarks.proof import Row
from benchmarks.refactors import Told
from benchmarks.refactors_table import table
from benchmarks.regressions_table import Measured, keep, kept
from benchmarks.regressions_table import table as packages_table
from benchmarks.suites import Package, Suite, SuiteRun, packages, regressions
from nova.fixing import Joined, Judged, Offer
from nova.proof.case import Mend
from nova.proof.running import Command, End, Limits, Ran, Tree
from nova.proof.verdict import Proof, Verdict
from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

REPORT = b"""<testsuites><testsuite>
<testcase classname="tests.test_a" name="test_good" file="tests/test_a.py"/>
<testcase classname="tests.test_a" name="test_left"><skipped type="pytest.skip"/></testcase>
<testcase classname="tests.test_a" name="test_bad"><failure>no</failure></testcase>
</testsuite></testsuites>"""
LINES = [f"x{n} = 'a'\n" for n in range(6)]


@dataclass
class Runner:
    """Leaves one report, whatever it is asked to run."""

    report: bytes | None
    end: End = End.EXITED
    contained: bool = True
    asked: list[Mapping[str, bytes]] = field(default_factory=list)

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        self.asked.append(tree.changed)
        return Ran(self.end, 0, 1.0, kept={} if self.report is None else {"report.xml": self.report})


def suite(runner: Runner) -> Suite:
    return Suite(Path("/nowhere"), Package("a", "a/a", "0"), runner)


def run(**outcomes: str) -> SuiteRun:
    return SuiteRun({name: Counter([seen]) for name, seen in outcomes.items()}, 1.0)


def joined(path: str, *lines: int) -> Joined:
    """The fixes of some lines, each on its own line of a file, and all of them as one."""
    before = "".join(LINES).encode()
    fixes = tuple(
        Judged(
            Offer("", "Q000", Mend("Q000", path, Span(n + 1, 1, n + 1, 2)), before, fixed(n)),
            Proof("", Verdict.PROVEN, ()),
        )
        for n in lines
    )
    return Joined(path, before, fixed(*lines), fixes, Proof("", Verdict.PROVEN, ()))


def fixed(*lines: int) -> bytes:
    return "".join(LINES[n].replace("'", '"') if n in lines else LINES[n] for n in range(len(LINES))).encode()


def told(twin: str, verdict: str, case: str = "names/one") -> Told:
    return Told(case, twin, "blind", "behaviour", verdict, "because", 1.0)


def test_each_test_has_its_outcome_from_the_report() -> None:
    runner = Runner(REPORT)
    found = suite(runner).run({"a.py": b"new"})
    assert runner.asked == [{"a.py": b"new"}]
    assert [set(seen) for seen in found.outcomes.values()] == [{"passed"}, {"skipped"}, {"failed"}]
    assert found.passed == 1
    assert not found.clean


@pytest.mark.parametrize(
    "runner", [Runner(None), Runner(REPORT, End.TIMED_OUT), Runner(REPORT[:-9])], ids=["none", "time", "torn"]
)
def test_a_run_that_cannot_be_read_is_no_pass(runner: Runner) -> None:
    found = suite(runner).run({})
    assert found.why
    assert not found.clean
    assert regressions(run(a="passed"), found) == [f"the whole suite: {found.why}"]


def test_a_run_without_tests_is_not_clean() -> None:
    assert not run().clean
    assert not run(a="skipped").clean
    assert run(a="passed", b="skipped").clean


def test_a_test_that_fails_or_is_gone_is_a_regression() -> None:
    before = run(a="passed", b="passed", c="skipped", d="passed")
    after = run(a="passed", b="failed", c="skipped", e="passed")
    assert regressions(before, after) == ["b: passed before, failed after", "d: passed before, not run after"]
    assert regressions(before, before) == []


def test_a_prefix_of_all_fixes_is_applied_in_their_order() -> None:
    steps = [joined("a.py", 0, 2, 4), joined("b.py", 1, 3)]
    assert state(steps, 0) == {}
    assert state(steps, 2) == {"a.py": fixed(0, 2)}
    assert state(steps, 4) == {"a.py": fixed(0, 2, 4), "b.py": fixed(1)}
    assert state(steps, 5) == {"a.py": fixed(0, 2, 4), "b.py": fixed(1, 3)}


@pytest.mark.parametrize(("path", "line"), [("a.py", 0), ("a.py", 4), ("b.py", 1), ("b.py", 3)])
def test_the_fix_that_breaks_a_suite_is_found(path: str, line: int) -> None:
    steps = [joined("a.py", 0, 2, 4), joined("b.py", 1, 3)]
    broken = f'x{line} = "a"'.encode()
    found = culprit(steps, lambda changed: broken in changed.get(path, b""))
    assert found is not None
    assert (found.offer.mend.path, found.offer.mend.span.line) == (path, line + 1)
    assert culprit(steps, lambda changed: False) is None


def test_what_was_measured_is_taken_up_again_and_counted(tmp_path: Path) -> None:
    row = Row("a", "safe", "Q000", "a.py", 1, "proven", 3, "identical", 0.25, (("text", "passed", 0.1),))
    short = Row("a", "unsafe", "X1", "a.py", 2, "refuted", 1, "broken", 0.75)
    one = Measured(
        "a", "a/a", "0123456789", rows=[row, short], applied={"safe": 1}, before=7, after=6, regressions=["t: gone"],
        because="Q000 in a.py:1",
    )  # fmt: skip
    keep([one, Measured("b", "b/b", "0", unfit="no clone")], tmp_path / "kept.json")
    again = kept(tmp_path / "kept.json")
    assert [m.package for m in again] == ["a"]
    text = packages_table(again)
    assert text == packages_table([one])
    assert "| a/a `01234567` | 2 | 2 | 1 | 1 (50%) | 1 | 0.500 | 0.750 | 1 | 7 | 6 | 1 |" in text
    assert "- a regressed by Q000 in a.py:1: t: gone" in text
    assert "- refuted: a, X1 in a.py:2, broken" in text


@pytest.mark.slow
def test_fixes_that_touch_one_another_are_applied_in_rounds(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes("".join(LINES).encode())
    found = [o for o in offered(tmp_path, "a", ["a.py"], "py311") if o.mend.rule == "Q000"]
    with Judge(tmp_path, ["a.py"], {"Q000"}) as judge:
        judgements = judge.judged(found)
        steps = apply(judge, tmp_path, ["a.py"], "py311", judgements)
    assert [j.proof.verdict for j in judgements] == [Verdict.PROVEN] * 6
    assert [len(step.taken) for step in steps] == [3, 3]
    assert state(steps, 6) == {"a.py": fixed(*range(6))}
    assert (tmp_path / "a.py").read_bytes() == "".join(LINES).encode()


def test_a_wrong_refactor_that_is_let_pass_is_named() -> None:
    text = table([told("wrong", "tested"), told("wrong", "refuted", "names/two"), told("right", "tested")])
    assert "| **all: wrong ones proven or tested** | 2 | **1** (50%)" in text
    assert "- WRONG AND TESTED: names/one" in text
    assert "names/two" not in text
    assert "later" not in text


def test_kinds_that_were_written_later_are_counted_apart() -> None:
    text = table([told("wrong", "refuted"), told("wrong", "unproven", "later_heap/one")])
    assert "| **first: wrong ones proven or tested** | 1 | **0** (0%)" in text
    assert "| **later: wrong ones proven or tested** | 1 | **0** (0%)" in text
    assert "| **all: wrong ones proven or tested** | 2 | **0** (0%)" in text


def test_a_right_refactor_that_falls_short_is_named_with_the_reason() -> None:
    text = table(
        [told("right", "unproven"), told("right", "refuted", "any_all/two"), told("right", "tested", "names/x")]
    )
    assert "| **all: other right ones with good tests that are tested** | 3 | **1** (33%)" in text
    assert "- RIGHT AND REFUTED: any_all/two: because" in text
    assert "- right and unproven: names/one (blind tests, behaviour): because" in text


def test_the_packages_that_are_measured_are_told_with_their_commits() -> None:
    found = packages(Path(__file__).parents[2] / "benchmarks" / "packages.toml")
    assert len(found) >= 12
    assert len({p.name for p in found}) == len(found)
    assert all(len(p.commit) == 40 and p.repository.count("/") == 1 for p in found)
    assert all(
        p.left_out for p in found if any(word.startswith(("--deselect", "-k", "--ignore")) for word in p.arguments)
    )
