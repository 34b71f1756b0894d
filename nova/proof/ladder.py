"""The ladder: the rungs in their order, and when to stop."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from nova.globs import matcher
from nova.proof import (
    rung0_text,
    rung1_rule,
    rung2_bytecode,
    rung3_types,
    rung4_tests,
    rung5_mutants,
    rung6_inputs,
    rung7_suite,
)
from nova.proof.verdict import ONLY_PROVEN, PROVEN_ALREADY, Outcome, Proof, RungResult, Verdict, verdict_of
from reviewers.paths import is_test_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nova.proof.case import Case
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


RUNGS: tuple[Rung, ...] = (
    rung0_text, rung1_rule, rung2_bytecode, rung3_types, rung4_tests, rung5_mutants, rung6_inputs, rung7_suite
)  # fmt: skip
_TESTS = 4
"""From here on the rungs run the target's code."""
_INPUTS, _SUITE = 6, 7
_SETTINGS = frozenset({"setup.py", "conftest.py", "noxfile.py", "tasks.py", "conf.py", "fabfile.py", "manage.py"})


def _silent(_: str) -> None:
    """Nobody is told."""


def prove(
    case: Case,
    tools: Tools,
    *,
    least: str = "unproven",
    thorough: bool = False,
    whole: bool = False,
    at: Callable[[str], None] = _silent,
) -> Proof:
    """Climb from the lowest rung; stop where the patch is proven or refuted.

    Where only ``least`` ``proven`` is of use, nothing is looked for above rung 2, for nothing there proves anything.
    Where a rung has not passed and the patch can become no more than unproven, only a ``thorough`` climb goes on, in
    search of a difference. The whole suite is run only where that is asked for. ``at`` is told the name of each rung.
    """
    capped = cap(case)
    results: list[RungResult] = []
    stop = ""
    for rung in RUNGS:
        stop = stop or _stop(results, capped, least, thorough=thorough)
        skip = stop or _skipped(rung, results, tools, capped, whole=whole)
        if skip:
            results.append(RungResult(rung.RUNG, rung.NAME, Outcome.NOT_RUN, skip))
        else:
            at(rung.NAME)
            results.append(_climbed(rung, case, tools))
    if case.conditions and results[_INPUTS].outcome is Outcome.NOT_RUN:
        held = "; ".join(case.conditions)
        results[_INPUTS] = replace(
            results[_INPUTS], why=f"{results[_INPUTS].why}; what must hold for the fix does: {held}"
        )
    verdict = verdict_of(results, conditions=bool(case.conditions), capped=bool(capped))
    return Proof(case.patch.key, verdict, tuple(results), capped)


def _climbed(rung: Rung, case: Case, tools: Tools) -> RungResult:
    began = time.perf_counter()
    try:
        result = rung.climb(case, tools)
    except Exception as error:  # noqa: BLE001  a rung that breaks supports nothing, and must say so
        result = RungResult(rung.RUNG, rung.NAME, Outcome.FAILED, f"the rung broke: {type(error).__name__}: {error}")
    return replace(result, seconds=round(time.perf_counter() - began, 4))


def _stop(results: Sequence[RungResult], capped: str, least: str, *, thorough: bool) -> str:
    """Why the climb ends here; empty where it goes on."""
    if len(results) < 2:
        return ""
    verdict = verdict_of(results)
    if verdict is Verdict.REFUTED:
        return "a difference was found below"
    if capped and len(results) > 2 and (verdict is Verdict.PROVEN or not thorough):
        return f"it stays unproven: {capped}"
    if verdict is Verdict.PROVEN:
        return PROVEN_ALREADY
    if least == "proven" and len(results) > 2:
        return ONLY_PROVEN
    short = [r for r in results if r.outcome is not Outcome.PASSED and r.rung not in {2, 6}]
    if short and not thorough:
        how = "failed" if short[0].outcome is Outcome.FAILED else "could not be climbed"
        return f"rung {short[0].rung} {how}, so it stays unproven"
    return ""


def _skipped(rung: Rung, results: Sequence[RungResult], tools: Tools, capped: str, *, whole: bool) -> str:
    """Why this one rung is left out; empty where it is climbed."""
    if rung.RUNG < _TESTS:
        return ""
    if capped:
        return f"it stays unproven: {capped}"
    if tools.tests is None:
        return tools.untested
    tests = next((r for r in results if r.rung == _TESTS), None)
    if tests is not None and tests.outcome is not Outcome.PASSED:
        return "the tests did not pass before and after"
    if rung.RUNG == _SUITE and not whole:
        return "the whole suite is run before a pull request, and where it is asked for"
    return ""


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
