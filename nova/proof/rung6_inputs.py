"""Rung 6: old and new code agree on inputs that are caught while the covering tests run, and on variations of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.proof.covering import covering, text_of
from nova.proof.inputs.adequate import gone, uncaught, unreached
from nova.proof.inputs.choose import Bounds, plan_of, settings
from nova.proof.inputs.compare import compared, generated, not_generated, stands, unstable
from nova.proof.inputs.explain import example
from nova.proof.inputs.records import Told, Torn, read
from nova.proof.lent import bundled, lent
from nova.proof.running import End, Limits
from nova.proof.searching import sought
from nova.proof.symbolic import crosshair
from nova.proof.testing import BEFORE, Plugin, Untestable, Variant
from nova.proof.verdict import Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.proof.case import Case
    from nova.proof.inputs.compare import Difference
    from nova.proof.searching import Searches
    from nova.proof.testing import RunsTests
    from nova.proof.tools import Tools

RUNG = 6
NAME = "inputs"
CHILD = Path(__file__).parent / "child"
FILES = (
    "sources", "forking", "freezing", "calls", "driving", "near_containers", "near_values", "doubles", "spaces",
    "trying", "variation", "holding", "varying", "annotated", "exploring",
)  # fmt: skip
LEFT = "inputs.jsonl"
_FEW = 8


class Unreadable(Exception):
    """A run whose inputs cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Side:
    """Runs the covering tests with the plugin."""

    tests: RunsTests
    chosen: Sequence[str]
    files: Mapping[str, tuple[str, str]]
    bounds: Bounds

    def told(self, variant: Variant, plan: Mapping[str, Any] | None = None, *, again: bool = False) -> Told:
        """What the plugin left; ``Unreadable`` where it did not come to its end."""
        nonce = secrets.token_hex(16)
        sources = {name: (CHILD / f"{name}.py").read_text("utf-8") for name in FILES}
        copy = lent()
        generating = (bundled(), str(copy.folder) if copy else "")
        given = settings(self.files, sources, nonce, self.bounds, plan, again=again, generating=generating)
        limits = Limits(seconds=3 * self.bounds.seconds + 60)
        ran = self.tests.run_with(
            Plugin(CHILD / "catching.py", given, copy.readable if copy else ()), self.chosen, variant, limits
        )
        if ran.end is not End.EXITED:
            raise Unreadable(f"the run {variant.name} did not exit: {ran.why or ran.end.value}")
        if LEFT not in ran.kept:
            raise Unreadable(f"the run {variant.name} left nothing: {ran.stderr[-300:].decode(errors='replace')}")
        try:
            told = read(ran.kept[LEFT], nonce)
        except Torn as error:
            raise Unreadable(f"what the run {variant.name} left cannot be read: {error}") from error
        if not told.ended:
            raise Unreadable(f"the run {variant.name} did not come to its end")
        return told


def climb(case: Case, tools: Tools, symbolic: Callable[[], Searches | None] = crosshair) -> RungResult:
    """Run old and new on what the tests give the changed functions, and near it. A firm difference refutes.

    ``symbolic`` gives what is asked for one more input where nothing differed.
    """
    tests = tools.tests
    if tests is None:
        return RungResult(RUNG, NAME, Outcome.NOT_RUN, tools.untested)
    recorded = tests.record()
    if isinstance(recorded, Untestable):
        return RungResult(RUNG, NAME, Outcome.NOT_RUN, recorded.why, (tests.command,))
    chosen = covering(recorded, case.patch).tests
    blank = RungResult(RUNG, NAME, Outcome.NOT_RUN, "", (tests.command,), tests.versions)
    if not chosen:
        return replace(blank, why="no test runs the changed lines")
    files = {
        change.path: (text_of(change.before), text_of(change.after)) for change in case.patch.files if change.is_python
    }
    after = Variant("after", {change.path: change.after or b"" for change in case.patch.files})
    try:
        return _judged(Side(tests, chosen, files, Bounds()), after, blank, symbolic)
    except Unreadable as error:
        return replace(blank, outcome=Outcome.FAILED, why=str(error))


def _judged(
    side: Side, after: Variant, blank: RungResult, symbolic: Callable[[], Searches | None]
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
    left, again = _confirmed(side, after, old, sorted(found.differences, key=lambda d: not d.firm))
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


def _supported(side: Side, old: Told, new: Told, inputs: int, blank: RungResult) -> RungResult:
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


def _confirmed(
    side: Side, after: Variant, old: Told, differences: Sequence[Difference]
) -> tuple[list[Difference], Told]:
    """Those differences that are more than what differs between two runs of the old files; firm if they show again.

    A few are looked at first, and the others only where none of those stands.
    """
    for some in (differences[:_FEW], differences[_FEW:]):
        if not some:
            continue
        plan = plan_of(old, [(d.record, d.key) for d in some])
        again, later = side.told(BEFORE, plan, again=True), side.told(after, plan)
        wavering = unstable(_only(old, plan), again)
        repeated = {(d.record, d.key, d.aspect) for d in compared(again, later, gone(side.files)).differences}
        standing = [(d, (d.record, d.key, d.aspect) in repeated) for d in some if stands(d, wavering)]
        # One that came once only, where the old code does not waver, is no proof of a difference, and no support.
        left = [d if twice else replace(d, firm=False) for d, twice in standing if twice or d.aspect != "time"]
        if left:
            return left, again
    return [], old


def _only(told: Told, plan: Mapping[str, Any]) -> Told:
    """The calls and inputs of a plan."""
    kept = {}
    for name, wanted in plan.items():
        record = told.records[name]
        keys = {"", *(key for batch in wanted["batches"] for key in batch)}
        kept[name] = replace(record, runs={k: r for k, r in record.runs.items() if k in keys})
    return replace(told, records=kept)
