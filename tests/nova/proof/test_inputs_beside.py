"""What rung 6 looks at beside the inputs near those of the tests: generated ones, and what CrossHair names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nova.proof import rung6_inputs
from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.environment import Environment
from nova.proof.inputs.compare import compared
from nova.proof.inputs.records import Outcome as Gave
from nova.proof.inputs.records import Record, Run, Told
from nova.proof.plain import Plain
from nova.proof.searching import questions
from nova.proof.symbolic import Question, Searched
from nova.proof.testbed import TestBed
from nova.proof.tools import Tools
from nova.proof.verdict import Counterexample, Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.running import Runner

BEFORE_TEXT = '''"""Ranges."""


def widest(rows: list[tuple[int, int]]) -> int:
    """The greatest width."""
    most = 0
    for low, high in rows:
        most = max(most, high - low)
    return most
'''
LOOP = "    most = 0\n    for low, high in rows:\n        most = max(most, high - low)\n    return most\n"
WRONG = BEFORE_TEXT.replace(LOOP, "    return max((high - low for low, high in rows), default=0)\n")
RIGHT = BEFORE_TEXT.replace(LOOP, "    return max((high - low for low, high in rows if high > low), default=0)\n")
TESTS = "import subject\n\n\ndef test_nothing():\n    assert subject.widest([]) == 0\n"


class _Nothing:
    """It is never asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


class Searching:
    """Notes what it is asked, and answers one thing."""

    def __init__(self, answer: Searched) -> None:
        self.answer = answer
        self.asked: list[tuple[Question, Runner, Path, Path, str]] = []

    def search(self, question: Question, runner: Runner, folder: Path, python: Path, version: str) -> Searched:
        self.asked.append((question, runner, folder, python, version))
        assert (folder / "subject.py").read_text() == question.before
        return self.answer


def climbed(
    root: Path, after: str, before: str = BEFORE_TEXT, symbolic: Callable[[], Searching | None] = lambda: None
) -> RungResult:
    (root / "subject.py").write_text(before)
    (root / "test_subject.py").write_text(TESTS)
    python = Path(sys.prefix, "bin", "python")
    environment = Environment(python, "pytest", ("-p", "no:hypothesispytest", "test_subject.py"), "pytest", "this test")
    contents = [(name, (root / name).read_bytes()) for name in ("subject.py", "test_subject.py")]
    bed = TestBed(root.resolve(), environment, Plain(), lambda: contents)
    nothing: Any = _Nothing()
    patch = Patch((FileChange("subject.py", before.encode(), after.encode()),))
    try:
        case = Case(patch, TargetFacts(str(root)))
        return rung6_inputs.climb(case, Tools(nothing, nothing, tests=bed), symbolic)
    finally:
        bed.close()


@pytest.mark.slow
def test_an_input_that_only_the_annotation_tells_of_refutes(tmp_path: Path) -> None:
    found = climbed(tmp_path, WRONG)
    assert found.outcome is Outcome.REFUTED, found.why
    assert "generated input" in found.why
    assert found.counterexample is not None
    script = tmp_path / "shown.py"
    script.write_text(found.counterexample.text)
    assert subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.mark.slow
def test_without_the_annotation_nothing_is_generated_and_that_is_told(tmp_path: Path) -> None:
    bare = ": list[tuple[int, int]]"
    found = climbed(tmp_path, WRONG.replace(bare, ""), BEFORE_TEXT.replace(bare, ""))
    assert found.outcome is not Outcome.REFUTED
    assert dict(found.counts)["generated inputs"] == 0
    assert "none was generated: widest: rows: it is not annotated" in found.why


@pytest.mark.slow
def test_what_is_right_on_generated_inputs_is_asked_of_crosshair_too(tmp_path: Path) -> None:
    tool = Searching(Searched(None, "CrossHair named no input", ended=True))
    found = climbed(tmp_path, RIGHT, symbolic=lambda: tool)
    assert found.outcome is Outcome.PASSED, found.why
    assert dict(found.counts)["generated inputs"] > 20
    assert "CrossHair found no difference in 0 s, which is no proof" in found.why
    ((question, _, _, python, version),) = tool.asked
    assert question == Question("subject.py", "subject", "widest", BEFORE_TEXT, RIGHT)
    assert python.exists()
    assert version.startswith(f"{sys.version_info[0]}.{sys.version_info[1]}.")


@pytest.mark.slow
def test_an_example_of_crosshair_refutes_and_where_it_cannot_search_nothing_is_said(tmp_path: Path) -> None:
    example = Counterexample("widest(rows=[(1, 0)])\ngave 0, now -1", "a script")
    found = climbed(tmp_path, RIGHT, symbolic=lambda: Searching(Searched(example, example.says, 1, ended=True)))
    assert found.outcome is Outcome.REFUTED
    assert found.counterexample is example
    other = climbed(tmp_path, RIGHT, symbolic=lambda: Searching(Searched(None, "it is there for another Python")))
    assert other.outcome is Outcome.PASSED
    assert "CrossHair" not in other.why


def gave(text: str, *, wrong: bool = False) -> Gave:
    flags = {"wrong type": wrong, "fired": False, "reached": True}
    tables: dict[str, dict[str, str]] = {"changed": {}, "changed at return": {}, "names": {}}
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(("log", "warnings", "slept", "asked", "left", "lines"), ())
    return Gave({"gave": text}, tables, lists, flags)


def told(outcome: Gave | None, key: str = "generated input 1: 2") -> Told:
    return Told({"t|f|1": Record("t|f|1", "f", "m", (), (), {key: Run(key, kept=True, outcome=outcome)})})


def test_a_difference_on_a_generated_input_counts() -> None:
    assert [d.firm for d in compared(told(gave("1")), told(gave("2"))).differences] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (gave("1"), None), (gave("1"), gave("raises MemoryError")), (gave("raises RecursionError"), gave("1")),
        (gave("raises TypeError", wrong=True), gave("1")),
    ],
)  # fmt: skip
def test_a_generated_input_that_is_too_large_or_unfit_is_passed_over(old: Gave, new: Gave | None) -> None:
    found = compared(told(old), told(new))
    assert (found.differences, found.passed_over) == ((), 1)


def test_only_functions_that_were_caught_and_are_annotated_are_asked_of_crosshair() -> None:
    after = BEFORE_TEXT.replace("most = 0", "most = 0 + 0")
    record = Record("t|widest|1", "widest", "pkg.subject", (), (), {})
    caught = Told({record.name: record})
    assert [q.module for q in questions({"src/pkg/subject.py": (BEFORE_TEXT, after)}, caught)] == ["pkg.subject"]
    assert not list(questions({"other.py": (BEFORE_TEXT, after)}, caught))
    assert not list(questions({"src/pkg/subject.py": (BEFORE_TEXT, after)}, Told()))
