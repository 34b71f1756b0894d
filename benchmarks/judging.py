"""Judges offered fixes by the ladder as ``nova prove`` does, with tools that last as long as one clone is measured."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from benchmarks.offered import oldest, requires_of
from nova.config import python_folders
from nova.proof.case import Case, Patch, TargetFacts
from nova.proof.compilers import Compilers
from nova.proof.ladder import prove
from nova.proof.pythons import admitted
from nova.proof.reviewer import Ground, Reviewer
from nova.proof.source_readers import readings
from nova.proof.tools import Reviewed, Tools
from nova.proof.verdict import Outcome, Proof
from nova.rules import equivalents
from reviewers.layout import module_names
from reviewers.registry import RULES
from reviewers.tools.ruff_rules import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from benchmarks.offered import Offered
    from nova.proof.case import Mend
    from nova.proof.testing import RunsTests
    from nova.proof.tools import ChecksTypes

OWN = tuple(r.name for r in RULES)


@dataclass(frozen=True, slots=True)
class Judgement:
    """An offered fix, its proof, and the seconds that the proof took."""

    offered: Offered
    proof: Proof
    seconds: float

    @property
    def reached(self) -> int:
        """How many of rungs 0 to 2 passed one after the other."""
        return next((r.rung for r in self.proof.rungs if r.outcome is not Outcome.PASSED), 3)


class Judge:
    """Judges fixes of one clone. Heard are the rules that a review asks, and those that are mended.

    ``paths`` are the files of its program, ``codes`` the rules of ruff that its fixes mend. Without ``types`` and
    ``tests`` it climbs rungs 0 to 2 alone.
    """

    def __init__(
        self,
        folder: Path,
        paths: Sequence[str],
        codes: Iterable[str] = (),
        types: ChecksTypes | None = None,
        tests: RunsTests | None = None,
    ) -> None:
        requires = requires_of(folder)
        settings = {"ruff.toml": f'target-version = "{oldest(requires)}"\n'.encode()}
        self._ground = Ground(
            OWN, tuple(sorted({*CHOSEN, *codes} - {*OWN})), settings, module_names(paths), equivalents()
        )
        reads = (f"{path}:{line} {name}" for path in paths for line, name in readings((folder / path).read_bytes()))
        self._facts = TargetFacts(str(folder), requires, admitted(requires), trusted=True, reads_source=tuple(reads))
        self._types, self._tests = types, tests
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._compilers = self._stack.enter_context(Compilers(python_folders()))
        self._reviewer = self._stack.enter_context(Reviewer(self._ground))
        self._compilers.present(self._facts.versions)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def pythons(self) -> tuple[str, ...]:
        """The Pythons that compile, with their full numbers."""
        return tuple(self._compilers.exact(v) for v in self._compilers.present(self._facts.versions))

    def prove(self, patch: Patch, mends: Sequence[Mend], *, thorough: bool = False) -> Proof:
        """The proof of one patch."""
        heard = _Heard(self._reviewer, frozenset((*OWN, *CHOSEN, *(m.rule for m in mends))))
        tools = Tools(self._compilers, heard, self._types, self._tests)
        least = "proven" if self._tests is None and self._types is None else "unproven"
        return prove(Case(patch, self._facts, tuple(mends)), tools, least=least, thorough=thorough)

    def judged(self, offered: Iterable[Offered]) -> list[Judgement]:
        """Each fix with its proof, in the order of files and lines."""
        told = []
        for one in sorted(offered, key=lambda o: (o.mend.path, o.mend.span.line, o.mend.rule)):
            began = time.perf_counter()
            proof = self.prove(one.patch, (one.mend,))
            told.append(Judgement(one, proof, time.perf_counter() - began))
        return told


@dataclass(frozen=True, slots=True)
class _Heard:
    """A review of which only some rules are heard: those that Nova lets speak, and those that are mended."""

    reviewer: Reviewer
    rules: frozenset[str]

    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        before, after = self.reviewer.review(patch)
        return self._of(before), self._of(after)

    def _of(self, told: Reviewed) -> Reviewed:
        return replace(told, findings=tuple(f for f in told.findings if f.rule in self.rules))

    def refuses(self, path: str, data: bytes, versions: Sequence[str]) -> dict[str, str]:
        return self.reviewer.refuses(path, data, versions)
