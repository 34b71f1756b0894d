"""What the rungs say of a patch, and what follows from it. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(enum.StrEnum):
    """What came of one rung. ``failed`` means that it gives no support; ``refuted`` that it found a difference."""

    PASSED = "passed"
    FAILED = "failed"
    REFUTED = "refuted"
    NOT_RUN = "not run"


class Verdict(enum.StrEnum):
    """How far a patch is proved."""

    PROVEN = "proven"
    TESTED = "tested"
    UNPROVEN = "unproven"
    REFUTED = "refuted"

    def reaches(self, least: str) -> bool:
        """Whether it is at least ``proven``, ``tested`` or ``unproven``; what is refuted reaches nothing."""
        order = (Verdict.PROVEN, Verdict.TESTED, Verdict.UNPROVEN)
        return self in order and order.index(self) <= order.index(Verdict(least))


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A difference that was found: what differs in words, and a small text that shows it when it is run."""

    says: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RungResult:
    """What one rung found: ``why`` in words, then by what, how much was looked at and how many seconds it took."""

    rung: int
    name: str
    outcome: Outcome
    why: str = ""
    commands: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    counterexample: Counterexample | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence for one patch, named by the key of the patch."""

    patch: str
    verdict: Verdict
    rungs: tuple[RungResult, ...]
    capped: str = ""
    """Why it can be no more than unproven whatever the rungs say; mostly empty."""

    @property
    def why(self) -> str:
        """The one reason that a person needs first."""
        if self.verdict is Verdict.REFUTED:
            return next(f"{r.name}: {r.why}" for r in self.rungs if r.outcome is Outcome.REFUTED)
        if self.verdict is not Verdict.UNPROVEN:
            return [r.why for r in self.rungs if r.outcome is Outcome.PASSED][-1]
        if self.capped:
            return self.capped
        return self._short

    @property
    def is_fit_for_proposal(self) -> bool:
        """Whether a pull request may carry it: what is only tested needs the whole suite too."""
        whole = any(r.rung == _SUITE and r.outcome is Outcome.PASSED for r in self.rungs)
        return self.verdict is Verdict.PROVEN or (self.verdict is Verdict.TESTED and whole)

    @property
    def _short(self) -> str:
        """What kept it from being at least tested. That the bytecode differs keeps nothing from that."""
        failed = [r for r in self.rungs if r.outcome is Outcome.FAILED]
        above = [r for r in failed if r.rung != _BYTECODE]
        if above:
            return f"{above[0].name}: {above[0].why}"
        missing = [r for r in self.rungs if r.rung in _FOR_TESTED and r.outcome is Outcome.NOT_RUN]
        if missing and (not failed or missing[0].why != ONLY_PROVEN):
            return f"{missing[0].name}: {missing[0].why}"
        if failed:
            return f"{failed[0].name}: {failed[0].why}"
        return "no rung that proves or tests it could be run"


ONLY_PROVEN = "only what is proven was asked for"
"""Why rungs above the second were not climbed where nobody would have had anything of it."""
PROVEN_ALREADY = "it is proven already"
"""Why rungs above the second were not climbed where they were not needed."""
_FOR_TESTED = range(3, 7)
_BYTECODE, _SUITE = 2, 7


def verdict_of(results: Iterable[RungResult], *, conditions: bool = False, capped: bool = False) -> Verdict:
    """The verdict that follows from the rungs; one that is missing counts as not run.

    ``conditions``: the rule declares what must hold for its fix, and that was checked in this very place; it stands in
    for rung 6 where that cannot run. ``capped``: the patch touches what judges it. Raises ``ValueError`` for a rung
    that is given twice.
    """
    given = list(results)
    outcomes = {r.rung: r.outcome for r in given}
    if len(outcomes) != len(given):
        raise ValueError("a rung is given twice")

    def passed(*rungs: int) -> bool:
        return all(outcomes.get(rung) is Outcome.PASSED for rung in rungs)

    if Outcome.REFUTED in outcomes.values():
        return Verdict.REFUTED
    if capped:
        return Verdict.UNPROVEN
    if passed(0, 1, 2):
        return Verdict.PROVEN
    inputs = outcomes.get(6, Outcome.NOT_RUN)
    agree = inputs is Outcome.PASSED or (inputs is Outcome.NOT_RUN and conditions)
    if passed(0, 1, 3, 4, 5) and agree and outcomes.get(7) is not Outcome.FAILED:
        return Verdict.TESTED
    return Verdict.UNPROVEN
