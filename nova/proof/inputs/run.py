"""Runs of the covering tests with the plugin that catches calls and varies them, and what differs between two."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.proof.covering import text_of
from nova.proof.inputs.adequate import gone
from nova.proof.inputs.choose import plan_of, settings
from nova.proof.inputs.compare import compared, stands, unstable
from nova.proof.inputs.records import Told, Torn, read
from nova.proof.lent import bundled, lent
from nova.proof.running import End, Limits
from nova.proof.testing import Plugin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.proof.case import Patch
    from nova.proof.inputs.choose import Bounds
    from nova.proof.inputs.compare import Difference
    from nova.proof.testing import RunsTests, Variant

CHILD = Path(__file__).parent.parent / "child"
FILES = (
    "sources", "forking", "freezing", "calls", "driving", "near_containers", "near_values", "doubles", "spaces",
    "trying", "variation", "holding", "varying", "annotated", "exploring",
)  # fmt: skip
LEFT = "inputs.jsonl"
_FEW = 8


class Unreadable(Exception):
    """A run whose inputs cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Runs the covering tests with the plugin. ``files``: path to the text before and after the patch."""

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


def files_of(patch: Patch) -> dict[str, tuple[str, str]]:
    """The Python files of a patch as ``Inputs`` takes them."""
    return {change.path: (text_of(change.before), text_of(change.after)) for change in patch.files if change.is_python}


def confirmed(
    inputs: Inputs, variants: tuple[Variant, Variant], old: Told, differences: Sequence[Difference]
) -> tuple[list[Difference], Told]:
    """Those differences that are more than what differs between two runs of the first; firm if they show again.

    ``old`` is what the first of the variants told. A few are looked at first, and the others only where none of those
    stands. Gives back what the first told again, too.
    """
    missing = gone(inputs.files)
    for some in (differences[:_FEW], differences[_FEW:]):
        if not some:
            continue
        plan = plan_of(old, [(d.record, d.key) for d in some])
        again, later = inputs.told(variants[0], plan, again=True), inputs.told(variants[1], plan)
        wavering = unstable(_only(old, plan), again)
        repeated = {(d.record, d.key, d.aspect) for d in compared(again, later, missing).differences}
        standing = [(d, (d.record, d.key, d.aspect) in repeated) for d in some if stands(d, wavering)]
        # One that came once only, where the first does not waver, is no proof of a difference, and no support.
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
