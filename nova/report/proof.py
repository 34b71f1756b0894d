"""A proof for a person: the verdict and the one reason first, then what each rung says."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nova.proof.tools import NEXT
from nova.proof.verdict import Outcome
from nova.report.characters import sentence, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.proof.verdict import Proof, RungResult


_TESTS = 4
"""From this rung on all share what they run."""


def render(proof: Proof, title: str) -> str:
    """The proof as lines of text; a counterexample stands last, at the margin, so that it can be copied and run."""
    why, _, step = proof.why.partition(NEXT)
    lines = [
        f"{proof.verdict.value}: {sentence(why)}",
        *([f"  next: {sentence(step)}"] if step else []),
        sentence(title),
    ]
    if proof.capped and proof.capped != proof.why:
        lines.append(f"never more than unproven: {sentence(proof.capped)}")
    lines += [f"patch {proof.patch}", ""]
    shown: set[tuple[str, ...]] = set()
    for (outcome, why), same in groupby(proof.rungs, key=lambda rung: (rung.outcome, rung.why)):
        rungs = list(same)
        lines += _not_run(rungs, why) if outcome is Outcome.NOT_RUN else [x for r in rungs for x in _rung(r, shown)]
    for rung in proof.rungs:
        lines += _example(rung)
    return "\n".join(lines)


def _not_run(rungs: list[RungResult], why: str) -> list[str]:
    """Rungs that were not climbed for one reason, told together."""
    first, last = rungs[0], rungs[-1]
    numbers = f"{first.rung}" if first is last else f"{first.rung}-{last.rung}"
    return [
        f"  {numbers:<3} {', '.join(rung.name for rung in rungs)}: not run",
        f"      {sentence(why.partition(NEXT)[0])}",
    ]


def _rung(rung: RungResult, shown: set[tuple[str, ...]]) -> list[str]:
    """What one rung found; how the tests were run only where no rung before has ``shown`` the same."""
    took = f"  {rung.seconds:.3f} s" if rung.seconds else ""
    lines = [f"  {rung.rung:<3} {rung.name:<9} {rung.outcome.value:<8}{took}", f"      {sentence(rung.why)}"]
    if rung.counterexample and rung.counterexample.says != rung.why:
        lines.append(f"      {sentence(rung.counterexample.says)}")
    if rung.counts:
        lines.append("      " + ", ".join(f"{sentence(name)} {number}" for name, number in rung.counts))
    if rung.versions and rung.versions not in shown:
        lines.append(f"      with {sentence(', '.join(rung.versions))}")
    if rung.commands not in shown:
        lines += [f"      $ {sentence(command)}" for command in rung.commands]
    if rung.rung >= _TESTS:
        shown.update((rung.versions, rung.commands))
    return lines


def _example(rung: RungResult) -> Iterable[str]:
    text = rung.counterexample.text.expandtabs().strip("\n") if rung.counterexample is not None else ""
    lines = text.split("\n")
    if all(not line.strip() or line.startswith("#") for line in lines):
        return []
    return ["", f"To see the difference that {rung.name} found, run this:", "", *map(visible, lines)]
