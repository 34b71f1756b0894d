"""The suites of public packages, run whole: what came of each test, with and without changes of the package's files.

This reads pytest's own report and shares nothing with how the ladder runs tests, so that it can judge the ladder.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nova.proof.running import MIB, Command, End, Limits, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nova.proof.running import Runner

_REPORT = "report.xml"
_GOOD = frozenset({"passed", "skipped"})


@dataclass(frozen=True, slots=True)
class Package:
    """A public package: where it is from, and what pytest is given. ``left_out`` says why tests are deselected."""

    name: str
    repository: str
    commit: str
    arguments: tuple[str, ...] = ()
    left_out: str = ""


def packages(listed: Path) -> list[Package]:
    """The packages of a file such as ``packages.toml``."""
    found = tomllib.loads(listed.read_text("utf-8"))["package"]
    return [Package(**{**one, "arguments": tuple(one.get("arguments", ()))}) for one in found]


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """What came of each test: the outcomes by name, several where a name stands for several. ``why``: unreadable."""

    outcomes: Mapping[str, Counter[str]]
    seconds: float
    why: str = ""
    output: str = field(default="", repr=False)

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(found["passed"] for found in self.outcomes.values())

    @property
    def clean(self) -> bool:
        """Whether it came to its end with tests that passed and none that did not."""
        return not self.why and self.passed > 0 and all(_GOOD.issuperset(found) for found in self.outcomes.values())


class Suite:
    """The suite of one clone, with its own environment in ``.venv``."""

    def __init__(self, folder: Path, package: Package, runner: Runner) -> None:
        self._folder = folder
        self._package = package
        self._runner = runner

    def run(self, changed: Mapping[str, bytes]) -> SuiteRun:
        """Run all of it with some files replaced."""
        python = self._folder / ".venv" / "bin" / "python"
        own = ("-p", "no:cacheprovider", "-o", "junit_family=xunit1", "--junitxml={out}/" + _REPORT)
        argv = (str(python), "-m", "pytest", "-q", *self._package.arguments, *own)
        limits = Limits(seconds=600, memory=4096 * MIB, processes=256)
        command = Command(argv, python, {"PYTHONHASHSEED": "0"})
        ran = self._runner.run(command, Tree(self._folder, changed), limits)
        output = (ran.stdout[-3000:] + ran.stderr[-1000:]).decode("utf-8", "replace")
        report = ran.kept.get(_REPORT)
        if ran.end is not End.EXITED or report is None:
            why = ran.why or f"it ended with status {ran.status}"
            return SuiteRun({}, ran.seconds, f"{ran.end.value}: {why}", output)
        try:
            outcomes = _read(report)
        except ET.ParseError as error:
            return SuiteRun({}, ran.seconds, f"its report is torn: {error}", output)
        return SuiteRun(outcomes, ran.seconds, output=output)


def _read(report: bytes) -> dict[str, Counter[str]]:
    """The outcomes of pytest's report; a test whose tear-down fails has two."""
    found: dict[str, Counter[str]] = {}
    for test in ET.fromstring(report).iter("testcase"):  # noqa: S314  no entity is resolved, and none grows
        name = f"{test.get('file', '')}::{test.get('classname', '')}::{test.get('name', '')}"
        kinds = [child.tag for child in test if child.tag in {"failure", "error", "skipped"}]
        outcome = {"failure": "failed", "error": "error", "skipped": "skipped"}[kinds[0]] if kinds else "passed"
        found.setdefault(name, Counter())[outcome] += 1
    return found


def regressions(before: SuiteRun, after: SuiteRun) -> list[str]:
    """Tests that passed or were skipped before and did not come out the same after; all of them where it broke off."""
    if after.why:
        return [f"the whole suite: {after.why}"]
    return sorted(
        f"{name}: {_told(found)} before, {_told(after.outcomes.get(name, Counter()))} after"
        for name, found in before.outcomes.items() if found != after.outcomes.get(name)
    )  # fmt: skip


def _told(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "not run"
