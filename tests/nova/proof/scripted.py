"""A ``RunsTests`` that says what it is told, and remembers what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.running import End, Ran
from nova.proof.testing import Recording, Seen, TestRun, Untestable
from nova.proof.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nova.proof.running import Limits
    from nova.proof.testing import Plugin, Variant

BEFORE_TEXT = "def f(a):\n    if a:\n        return 1\n    return 2\n"
AFTER_TEXT = "def f(a):\n    if a:\n        return 1\n    return 1 + 1\n"
T, U = "test_a.py::t", "test_a.py::u"


@dataclass
class Scripted:
    """``runs`` are the runs to come, in order, for each variant's name; the last one is given again and again."""

    recording: Recording | Untestable
    runs: dict[str, list[TestRun]]
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    command: str = "pytest (declared)"
    versions: tuple[str, ...] = ("Python 3.11",)
    contained: bool = True

    def record(self) -> Recording | Untestable:
        return self.recording

    def run(
        self, tests: Sequence[str], variants: Sequence[Variant], *, first_failure: bool = False
    ) -> Iterator[TestRun]:
        for variant in variants:
            self.asked.append((variant.name, tuple(tests)))
            left = self.runs[variant.name]
            yield left.pop(0) if left[1:] else left[0]

    def run_with(self, plugin: Plugin, tests: Sequence[str], variant: Variant, limits: Limits | None = None) -> Ran:
        raise AssertionError("nobody asks for a plugin here")


def recording(**more: Seen) -> Recording:
    """Both tests run every line of ``f``, but ``T`` alone line 3."""
    lines = {2: (T, U), 3: (T,), 4: (T, U)}
    return Recording({T: Seen.PASSED, U: Seen.PASSED, **more}, {"a.py": lines}, {"a.py": frozenset({1})})


def ran(outcomes: Mapping[str, Seen], why: str = "", end: End = End.EXITED, lines: frozenset[int] = frozenset(range(9))) -> TestRun:  # fmt: skip
    says = {test: "assert 1 == 2" for test, seen in outcomes.items() if seen is not Seen.PASSED}
    return TestRun("x", end, outcomes, 1.0, why, says=says, lines={"a.py": lines})


GOOD = ran({T: Seen.PASSED, U: Seen.PASSED})


def case(after: str = AFTER_TEXT) -> Case:
    return Case(Patch((FileChange("a.py", BEFORE_TEXT.encode(), after.encode()),)), TargetFacts("/nowhere"))


def with_tests(tests: Scripted | None, why: str = "") -> Tools:
    return Tools(cast("Tools", None), cast("Tools", None), tests=tests, untested=why)  # type: ignore[arg-type]
