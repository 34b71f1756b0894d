"""A difference for a person: one line that says it, and where it can be had a script that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof import counterexamples
from nova.proof.inputs.compare import spoken
from nova.proof.verdict import Counterexample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.proof.inputs.compare import Difference
    from nova.proof.inputs.records import Told

_SHORT = 300


def example(
    files: Mapping[str, tuple[str, str]], again: Told, differences: Sequence[Difference]
) -> tuple[str, Counterexample]:
    """The first difference in one line, and as something to run the smallest of those that can be written out."""
    first = differences[0]
    record = again.records.get(first.record)
    called = spoken(record, first.key) if record else first.record
    says = f"{called}: {first.aspect}: {first.old[:_SHORT]} before, {first.new[:_SHORT]} after"
    written = [one for d in differences if (one := _to_run(files, again, d)) is not None and one.can_be_run]
    smallest = counterexamples.smallest(written)
    if smallest is not None:
        return says, counterexamples.counterexample(smallest)
    return says, Counterexample(f"in {first.record}: {says}" if record else says)


def _to_run(
    files: Mapping[str, tuple[str, str]], again: Told, difference: Difference
) -> counterexamples.Difference | None:
    """The difference as a script needs it; None for one that is more than a call with plain arguments."""
    record = again.records.get(difference.record)
    run = record.runs.get(difference.key) if record else None
    if record is None or run is None or run.outcome is None or run.outcome.call is None or difference.aspect != "gave":
        return None
    plain = not difference.key or all(": " in part for part in difference.key.split(" & "))
    ends = record.module.replace(".", "/")
    path = next((p for p in files if p in {f"{ends}.py", f"{ends}/__init__.py"} or p.endswith(f"/{ends}.py")), None)
    if path is None or not plain or difference.key.startswith("global "):
        return None
    before, after = files[path]
    return counterexamples.Difference(
        path, record.module, record.function, before, after, difference.old, difference.new, run.outcome.call
    )
