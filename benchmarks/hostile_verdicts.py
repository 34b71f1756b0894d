"""What the ladder makes of the hostile suites: real patches of their subject, by all rungs, in the sandbox.

``python -m benchmarks.hostile_run --verdicts [SUITE...]``: no suite may lead to a verdict above unproven. Where a note
says "never a pass" no rung that runs tests may pass either: the honest test fails there, or passes only where the
attack has succeeded.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof.case import Case, FileChange, Patch, TargetFacts
from nova.proof.compilers import Compilers
from nova.proof.environment import Environment
from nova.proof.ladder import prove
from nova.proof.reviewer import Ground, Reviewer
from nova.proof.running import MIB, Limits
from nova.proof.testbed import TestBed
from nova.proof.tools import Tools
from nova.proof.type_checker import TypeChecker
from nova.proof.verdict import Outcome, RungResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.proof.running import Runner
    from nova.proof.verdict import Proof

LIMITS = Limits(memory=512 * MIB, processes=64, disk=64 * MIB, open_files=256)
WHOLE = 15.0
"""Seconds that a suite may take when it is recorded."""
_WAS = b"number + number + 1"
PATCHES = {"wrong": b"number * 3", "right": b"2 * number + 1", "mending": b"number + number"}
"""What the subject returns instead: something else, the same, and what its honest test asks for."""
_SUBJECT = "subject.py"
_TESTS, _MUTANTS, _SUITE = 4, 5, 7
_NEVER, _UNCONFIRMED = "never a pass", "no killed mutant confirms"


@dataclass(frozen=True, slots=True)
class Judged:
    """A patch of a suite's subject, with its proof."""

    patch: str
    proof: Proof
    seconds: float

    def rung(self, number: int) -> RungResult:
        """What came of one rung."""
        return next(one for one in self.proof.rungs if one.rung == number)

    def deceived(self, outcome: str) -> bool:
        """Whether it reads as a pass of the suite, of which its note tells the outcome.

        Where the note does not say that it is never a pass, a patch that changes nothing may well be tested.
        """
        above = self.proof.verdict in {Verdict.PROVEN, Verdict.TESTED}
        if outcome == _NEVER:
            return above or any(self.rung(n).outcome is Outcome.PASSED for n in (_TESTS, _MUTANTS, _SUITE))
        seen = self.rung(_MUTANTS).outcome is Outcome.PASSED
        return (above and self.patch != "right") or (seen and outcome.endswith(_UNCONFIRMED))


def judged(folder: Path, runner: Runner) -> Iterator[Judged]:
    """Prove each patch of the subject of an armed copy."""
    python = Path(sys.executable)
    environment = Environment(python, "pytest", ("-s", "-q", "."), "pytest -s -q .", "given by the benchmark")
    version = "{}.{}".format(*sys.version_info[:2])
    before = (folder / _SUBJECT).read_bytes()
    assert before.count(_WAS) == 1, f"{folder} has another subject"
    facts = TargetFacts(str(folder), f">={version}", (version,), trusted=True)
    modules = {f"{path.stem}": path.name for path in folder.glob("*.py")}
    bed = TestBed(folder, environment, runner, lambda: _contents(folder), limits=LIMITS, whole=WHOLE)
    ground = Ground((), (), {}, modules, {})
    with Compilers() as compilers, Reviewer(ground) as reviewer, TypeChecker(
        str(folder), sorted(modules.values()), trusted=True
    ) as types:  # fmt: skip
        tools = Tools(compilers, reviewer, types, bed)
        try:
            for name, becomes in PATCHES.items():
                patch = Patch((FileChange(_SUBJECT, before, before.replace(_WAS, becomes)),))
                began = time.perf_counter()
                proof = prove(Case(patch, facts), tools, thorough=True, whole=True)
                yield Judged(name, proof, time.perf_counter() - began)
        finally:
            bed.close()


def _contents(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]


def row(suite: str, found: Judged) -> str:
    """A line of the table."""
    tests, mutants = found.rung(_TESTS), found.rung(_MUTANTS)
    told = (
        suite,
        found.patch,
        tests.outcome.value,
        mutants.outcome.value,
        found.proof.verdict.value,
        f"{found.seconds:.0f}",
    )
    why = " ".join(tests.why.split())[:110].replace("|", "/")
    return f"| {' | '.join(told)} | {why} |"


HEAD = "| suite | patch | rung 4 | rung 5 | verdict | s | what rung 4 says |\n|---|---|---|---|---|---|---|"


def summary(every: Sequence[tuple[str, Judged]]) -> str:
    """Which suites were read as a pass by any rung, and how many there were."""
    lines = [f"{len({suite for suite, _ in every})} suites, {len(every)} patches"]
    for number in (_TESTS, _MUTANTS):
        passed = [f"{s} ({j.patch})" for s, j in every if j.rung(number).outcome is Outcome.PASSED]
        lines.append(f"rung {number} passes: {', '.join(passed) or 'none'}")
    for verdict in (Verdict.PROVEN, Verdict.TESTED, Verdict.REFUTED):
        reached = [f"{s} ({j.patch})" for s, j in every if j.proof.verdict is verdict]
        lines.append(f"{verdict.value}: {', '.join(reached) or 'none'}")
    return "\n".join(lines)
