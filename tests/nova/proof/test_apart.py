"""Mutants that good tests let live: inputs near those of the tests tell them from the code, or do not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nova.proof import rung5_mutants
from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.environment import Environment
from nova.proof.plain import Plain
from nova.proof.testbed import TestBed
from nova.proof.tools import Tools
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = """import re


def is_name(text):
    return bool(re.match("[a-z]+", text))


def first(names, least=0):
    if len(names) > least:
        return names[0]
    return ""
"""
TESTS = """import subject


def test_names():
    assert subject.is_name("abc")
    assert not subject.is_name("1")


def test_first():
    assert subject.first(["a", "b"]) == "a"
    assert subject.first([]) == ""
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "subject.py").write_text(BEFORE)
    (tmp_path / "test_subject.py").write_text(TESTS)
    return tmp_path.resolve()


@pytest.fixture
def bed(root: Path) -> Iterator[TestBed]:
    python = Path(sys.prefix, "bin", "python")
    environment = Environment(python, "pytest", ("-p", "no:hypothesispytest", "test_subject.py"), "pytest", "this test")
    made = TestBed(root, environment, Plain(), lambda: [("subject.py", BEFORE.encode())])
    yield made
    made.close()


class _Nothing:
    """It is never asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


def climbed(root: Path, bed: TestBed, after: str) -> RungResult:
    patch = Patch((FileChange("subject.py", BEFORE.encode(), after.encode()),))
    nothing = _Nothing()
    return rung5_mutants.climb(Case(patch, TargetFacts(str(root))), Tools(nothing, nothing, tests=bed))  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_survivor_that_inputs_tell_apart_is_noticed(root: Path, bed: TestBed) -> None:
    after = BEFORE.replace('bool(re.match("[a-z]+", text))', 're.compile("[a-z]+").match(text) is not None')
    result = climbed(root, bed, after)
    assert result.outcome is Outcome.PASSED, result.why
    assert dict(result.counts)["told by inputs"] > 0
    assert "by inputs near those of the tests" in result.why


@pytest.mark.slow
def test_a_survivor_that_does_the_same_on_all_inputs_is_told_by_its_line(root: Path, bed: TestBed) -> None:
    after = BEFORE.replace("if len(names) > least:", "if not len(names) <= least and names is not least:")
    result = climbed(root, bed, after)
    assert result.outcome is Outcome.FAILED
    assert result.why.startswith("no test sees this line: subject.py:9")
    assert result.why.endswith("no input that was tried shows it")
