"""The ladder: the rungs in their order, and when to stop."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from nova.globs import matcher
from nova.proof import rung0_text, rung1_rule, rung2_bytecode, rung3_types
from nova.proof.verdict import Outcome, Proof, RungResult, Verdict, verdict_of
from reviewers.paths import is_test_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.case import Case, TargetFacts
    from nova.proof.tools import Tools


class Rung(Protocol):
    """What a rung's file offers: its number, its name and its one entry."""

    @property
    def RUNG(self) -> int:  # noqa: N802  a constant of a module
        """Its number, 0 to 7."""
        ...

    @property
    def NAME(self) -> str:  # noqa: N802  the same
        """One word for it."""
        ...

    def climb(self, case: Case, tools: Tools) -> RungResult:
        """Look at the case."""
        ...


RUNGS: tuple[Rung, ...] = (rung0_text, rung1_rule, rung2_bytecode, rung3_types)
LATER = ((4, "tests"), (5, "mutants"), (6, "inputs"), (7, "suite"))
"""Rungs that run the target's code."""
_SETTINGS = frozenset({"setup.py", "conftest.py", "noxfile.py", "tasks.py", "conf.py", "fabfile.py", "manage.py"})


def _silent(_: str) -> None:
    """Nobody is told."""


def prove(
    case: Case, tools: Tools, *, least: str = "unproven", thorough: bool = False, at: Callable[[str], None] = _silent
) -> Proof:
    """Climb from the lowest rung; stop where the patch is proven or refuted.

    Where only ``least`` ``proven`` is of use, nothing is looked for above rung 2, for nothing there proves anything.
    Where neither rung 0 nor rung 1 lets it become more than unproven, only a ``thorough`` climb goes on, in search of
    a difference. ``at`` is told the name of each rung.
    """
    capped = cap(case)
    results: list[RungResult] = []
    stop = ""
    for rung in RUNGS:
        if not stop:
            at(rung.NAME)
            results.append(_climbed(rung, case, tools))
            stop = _stop(results, capped, least, thorough=thorough)
        else:
            results.append(RungResult(rung.RUNG, rung.NAME, Outcome.NOT_RUN, stop))
    results += [RungResult(number, name, Outcome.NOT_RUN, stop or _unrun(case.target)) for number, name in LATER]
    return Proof(case.patch.key, verdict_of(results, capped=bool(capped)), tuple(results), capped)


def _climbed(rung: Rung, case: Case, tools: Tools) -> RungResult:
    began = time.perf_counter()
    try:
        result = rung.climb(case, tools)
    except Exception as error:  # noqa: BLE001  a rung that breaks supports nothing, and must say so
        result = RungResult(rung.RUNG, rung.NAME, Outcome.FAILED, f"the rung broke: {type(error).__name__}: {error}")
    return replace(result, seconds=round(time.perf_counter() - began, 4))


def _stop(results: list[RungResult], capped: str, least: str, *, thorough: bool) -> str:
    """Why the climb ends here; empty where it goes on."""
    verdict = verdict_of(results)
    if verdict is Verdict.REFUTED:
        return "a difference was found below"
    if capped and len(results) > 2 and (verdict is Verdict.PROVEN or not thorough):
        return f"it stays unproven: {capped}"
    if verdict is Verdict.PROVEN:
        return "it is proven already"
    if least == "proven" and len(results) > 2:
        return "only what is proven was asked for"
    low = [r for r in results if r.rung < 2 and r.outcome is not Outcome.PASSED]
    if low and len(results) > 1 and not thorough:
        return f"rung {low[0].rung} failed, so it stays unproven"
    return ""


def _unrun(target: TargetFacts) -> str:
    if not target.trusted:
        return "the target is not trusted to be run"
    return "this Nova runs no code of a target yet"


def cap(case: Case) -> str:
    """Why a patch can be no more than unproven: it touches what judges it, or what no rung can read."""
    protected = matcher(case.target.protected)
    for change in case.patch.files:
        path, name = change.path, change.path.rpartition("/")[2]
        if is_test_path(path):
            return f"it touches tests ({path})"
        if not change.is_python or name in _SETTINGS:
            return f"it touches configuration or data ({path})"
        if protected(path):
            return f"it touches a protected path ({path})"
    return ""
