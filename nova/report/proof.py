"""A proof for a person: the verdict first, then what each rung says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.report.characters import sentence

if TYPE_CHECKING:
    from nova.proof.verdict import Proof, RungResult


def render(proof: Proof, title: str) -> str:
    """The proof as lines of text."""
    lines = [f"{sentence(title)}", "", f"{proof.verdict.value}: {sentence(proof.why)}"]
    if proof.capped and proof.capped != proof.why:
        lines.append(f"never more than unproven: {sentence(proof.capped)}")
    lines += [f"patch {proof.patch}", ""]
    for rung in proof.rungs:
        lines += _rung(rung)
    return "\n".join(lines)


def _rung(rung: RungResult) -> list[str]:
    took = f"  {rung.seconds:.3f} s" if rung.seconds else ""
    lines = [f"  {rung.rung}  {rung.name:<9} {rung.outcome.value:<8}{took}", f"     {sentence(rung.why)}"]
    if rung.versions:
        lines.append(f"     with {sentence(', '.join(rung.versions))}")
    if rung.counts:
        lines.append("     " + ", ".join(f"{name} {number}" for name, number in rung.counts))
    lines += [f"     $ {sentence(command)}" for command in rung.commands]
    if rung.counterexample and rung.counterexample.text:
        lines += ["     run it:", *(f"       {sentence(line)}" for line in rung.counterexample.text.splitlines())]
    return lines
