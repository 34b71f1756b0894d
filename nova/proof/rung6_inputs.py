"""Rung 6: old and new code agree on inputs that are caught while the covering tests run, and on variations of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nova.proof.covering import covering
from nova.proof.inputs.adequate import gone, uncaught, unreached
from nova.proof.inputs.choose import Bounds, plan_of
from nova.proof.inputs.compare import compared, generated, not_generated
from nova.proof.inputs.explain import example
from nova.proof.inputs.run import Inputs, Unreadable, confirmed, files_of
from nova.proof.recorded_tests import recorded_tests
from nova.proof.searching import sought
from nova.proof.symbolic import crosshair
from nova.proof.testing import BEFORE, Variant
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.proof.case import Case
    from nova.proof.inputs.records import Told
    from nova.proof.searching import Searches
    from nova.proof.tools import Tools

RUNG = 6
NAME = "inputs"


def climb(case: Case, tools: Tools, symbolic: Callable[[], Searches | None] = crosshair) -> RungResult:
    """Run old and new on what the tests give the changed functions, and near it. A firm difference refutes.

    ``symbolic`` gives what is asked for one more input where nothing differed.
    """
    ready = recorded_tests(tools, RUNG, NAME)
    if isinstance(ready, RungResult):
        return ready
    tests, recorded = ready
    chosen = covering(recorded, case.patch).tests
    blank = RungResult(RUNG, NAME, Outcome.NOT_RUN, "", (tests.command,), tests.versions)
    if not chosen:
        return replace(blank, why="no test runs the changed lines")
    after = Variant("after", {change.path: change.after or b"" for change in case.patch.files})
    try:
        return _judged(Inputs(tests, chosen, files_of(case.patch), Bounds()), after, blank, symbolic)
    except Unreadable as error:
        return replace(blank, outcome=Outcome.FAILED, why=str(error))


def _judged(
    side: Inputs, after: Variant, blank: RungResult, symbolic: Callable[[], Searches | None]
) -> RungResult:  # fmt: skip
    old = side.told(BEFORE)
    if not old.records:
        broke = f" ({old.broke[0]})" if old.broke else ""
        return replace(blank, why=f"no call of the changed code could be caught{broke}")
    new = side.told(after, plan_of(old))
    found = compared(old, new, gone(side.files))
    counts = (
        ("calls", len(old.records)), ("inputs", found.inputs), ("passed over", found.passed_over),
        ("differences", len(found.differences)), ("generated inputs", generated(old)),
    )  # fmt: skip
    blank = replace(blank, counts=counts)
    left, again = confirmed(side, (BEFORE, after), old, sorted(found.differences, key=lambda d: not d.firm))
    if left:
        firm = [d for d in left if d.firm]
        says, shown = example(side.files, again, firm or left)
        if firm:
            return replace(blank, outcome=Outcome.REFUTED, why=says, counterexample=shown)
        why = f"on an input that neither tests nor annotations admit: {says}"
        return replace(blank, outcome=Outcome.FAILED, why=why, counterexample=shown)
    more = sought(side.files, old, side.tests, symbolic())
    if more.example is not None:
        says = more.example.says.replace("\n", " ")
        return replace(blank, outcome=Outcome.REFUTED, why=f"{says} (CrossHair)", counterexample=more.example)
    told = _supported(side, old, new, found.inputs, blank)
    return replace(told, why=f"{told.why}; {more.says}") if more.says else told


def _supported(side: Inputs, old: Told, new: Told, inputs: int, blank: RungResult) -> RungResult:
    """What is to be said where nothing differed."""
    if new.broke or old.broke:
        return replace(blank, outcome=Outcome.FAILED, why=f"not all could be run: {(new.broke or old.broke)[0]}")
    missed = uncaught(side.files, old)
    if missed:
        return replace(blank, outcome=Outcome.FAILED, why=f"no call of {missed[0]} could be caught")
    missing = unreached(side.files, old, new)
    if missing:
        return replace(blank, outcome=Outcome.FAILED, why=f"no input reaches {missing[0]}{not_generated(old)}")
    return replace(blank, outcome=Outcome.PASSED, why=f"old and new agree on {inputs} inputs{_left_out(old)}")


def _left_out(old: Told) -> str:
    """What was not looked at, in words."""
    cut = sum(record.cut for record in old.records.values())
    return f"; the time ended before all inputs of {cut} of {len(old.records)} calls were run" if cut else ""
