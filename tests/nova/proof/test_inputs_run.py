"""Rung 6 from end to end, on a small target whose tests run here without a sandbox."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nova.proof import rung6_inputs
from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.environment import Environment
from nova.proof.plain import Plain
from nova.proof.running import End, Limits, Ran
from nova.proof.testbed import TestBed
from nova.proof.testing import BEFORE, Plugin, Recording, Seen, Variant
from nova.proof.tools import Tools
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.proof.testing import RunsTests, TestRun

BEFORE_TEXT = '''"""Baskets."""


def total(prices, rebate=None):
    """The sum, less a rebate."""
    if rebate is None:
        rebate = 10
    value = 0
    for price in prices:
        value += price
    return max(value - rebate, 0)
'''
TESTS = """import subject


def test_a_total():
    assert subject.total([20, 30]) == 40
    assert subject.total([20, 30], 5) == 45
"""
WRONG = BEFORE_TEXT.replace("    if rebate is None:\n        rebate = 10\n", "    rebate = rebate or 10\n")
RIGHT = BEFORE_TEXT.replace(
    "    value = 0\n    for price in prices:\n        value += price\n", "    value = sum(prices)\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "subject.py").write_text(BEFORE_TEXT)
    (tmp_path / "test_subject.py").write_text(TESTS)
    return tmp_path.resolve()


@pytest.fixture
def bed(root: Path) -> Iterator[TestBed]:
    python = Path(sys.prefix, "bin", "python")
    environment = Environment(python, "pytest", ("-p", "no:hypothesispytest", "test_subject.py"), "pytest", "this test")
    contents = [(name, (root / name).read_bytes()) for name in ("subject.py", "test_subject.py")]
    made = TestBed(root, environment, Plain(), lambda: contents)
    yield made
    made.close()


class _Nothing:
    """It is never asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


def climbed(root: Path, tests: RunsTests, after: str) -> RungResult:
    patch = Patch((FileChange("subject.py", BEFORE_TEXT.encode(), after.encode()),))
    nothing = _Nothing()
    tools = Tools(nothing, nothing, tests=tests)  # type: ignore[arg-type]
    return rung6_inputs.climb(Case(patch, TargetFacts(str(root))), tools)


@pytest.mark.slow
def test_an_input_near_those_of_the_tests_refutes(root: Path, bed: TestBed) -> None:
    found = climbed(root, bed, WRONG)
    assert found.outcome is Outcome.REFUTED
    assert found.counterexample is not None
    assert "rebate: 0" in found.why
    script = root / "shown.py"
    script.write_text(found.counterexample.text)
    assert subprocess.run([sys.executable, str(script)], cwd=root, capture_output=True, check=False).returncode == 1


@pytest.mark.slow
def test_the_same_meaning_in_other_words_passes(root: Path, bed: TestBed) -> None:
    found = climbed(root, bed, RIGHT)
    assert found.outcome is Outcome.PASSED, found.why
    assert dict(found.counts)["inputs"] > 30


@pytest.mark.slow
def test_chance_makes_no_difference(root: Path, bed: TestBed) -> None:
    drawn = (
        BEFORE_TEXT
        + "\n\ndef drawn(prices):\n    import random\n    return [random.choice(prices) for _ in range(8)]\n"
    )
    (root / "subject.py").write_text(drawn)
    (root / "test_subject.py").write_text(
        TESTS + "\n\ndef test_drawn():\n    assert set(subject.drawn([1, 2])) <= {1, 2}\n"
    )
    patch = Patch((FileChange("subject.py", drawn.encode(), drawn.replace("range(8)", "range(4 + 4)").encode()),))
    nothing = _Nothing()
    case = Case(patch, TargetFacts(str(root)))
    found = rung6_inputs.climb(case, Tools(nothing, nothing, tests=bed))  # type: ignore[arg-type]
    assert found.outcome is Outcome.PASSED, found.why
    assert dict(found.counts)["inputs"] > 5


class Forging:
    """Tests that leave what they like."""

    command, versions, contained = "pytest", (), False

    def __init__(self, *left: bytes) -> None:
        self.left = list(left)

    def record(self) -> Recording:
        return Recording({"t": Seen.PASSED}, {"subject.py": dict.fromkeys(range(1, 12), ("t",))})

    def run(
        self, tests: Sequence[str], variants: Sequence[Variant], *, first_failure: bool = False
    ) -> Iterator[TestRun]:
        raise AssertionError

    def run_with(self, plugin: Plugin, tests: Sequence[str], variant: Variant, limits: Limits | None = None) -> Ran:
        assert variant == BEFORE or variant.changed
        kept = {"inputs.jsonl": self.left.pop(0)} if self.left else {}
        return Ran(End.EXITED, 0, 0.1, kept=kept)


@pytest.mark.parametrize("left", [[], [b"{}"], [b'{"nonce": "guessed", "end": true}'], [b""]])
def test_what_is_forged_or_missing_is_never_a_pass(root: Path, left: list[bytes]) -> None:
    assert climbed(root, Forging(*left), RIGHT).outcome is Outcome.FAILED
