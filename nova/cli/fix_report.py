"""What ``nova fix`` says: each fix with its verdict and the reason, and what was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nova.fixing import diff_of
from nova.proof.as_data import to_data
from nova.report.characters import sentence
from nova.report.wording import ID_LENGTH

if TYPE_CHECKING:
    from nova.fixing import Judged
    from nova.mending import Round, Written

_ORDER = ("proven", "tested", "unproven", "refuted")


def text(first: Round, least: str, written: Written, *, applied: bool, asked: str = "nova fix") -> str:
    """For a person: what goes together first, then the others, each with the reason; ``asked`` is what was typed."""
    if not first.judged and not first.missing:
        return "Nothing here has a fix."
    lines = [_summary(first, least)]
    order = {verdict: number for number, verdict in enumerate(_ORDER)}
    for item in sorted(first.judged, key=lambda i: (i.offer.id not in first.taken, order[i.proof.verdict.value])):
        lines += ["", *_fix(item, first, least)]
    for finding, why in first.missing:
        lines += ["", f"no fix    {finding.rule}  {sentence(finding.path)}:{finding.span.line}", f"  {sentence(why)}"]
    lines += [f"\nnot written: {sentence(path)}: {why}" for path, why in written.left.items()]
    if written.paths:
        lines += ["", "written: " + ", ".join(sentence(path) for path in written.paths)]
    elif first.files and not applied:
        lines += ["", "Next", f"  {asked} --diff", f"  {asked} --apply"]
    if written.unending:
        lines += ["", f"after {written.rounds} rounds there are still fixes left: two rules may undo each other"]
    return "\n".join(lines)


def _summary(found: Round, least: str) -> str:
    counts = {verdict: sum(i.proof.verdict.value == verdict for i in found.judged) for verdict in _ORDER}
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
    one = len(found.judged) == 1
    go = "1 is" if len(found.taken) == 1 else f"{len(found.taken)} are"
    return f"{len(found.judged)} fix{'' if one else 'es'}: {told}; {go} at least {least} and can be made at once"


def _fix(item: Judged, found: Round, least: str) -> list[str]:
    mend, offer = item.offer.mend, item.offer
    place = f"{sentence(mend.path)}:{mend.span.line}"
    waits = offer.id not in found.taken and item.proof.verdict.reaches(least)
    lines = [
        f"{item.proof.verdict.value:<9} {sentence(mend.rule)}  {place}  {offer.id[:ID_LENGTH]}",
        f"  {sentence(offer.title)}",
        f"  {sentence(item.proof.why)}",
    ]
    if mend.rule in found.refuted:
        lines.append(f"  {sentence(found.refuted[mend.rule])}")
    if any(rung.counterexample for rung in item.proof.rungs):
        lines.append(f"  nova prove {offer.id[:ID_LENGTH]}  shows the difference, and how to see it")
    return [*lines, "  it touches another fix, and waits for the next round"] if waits else lines


def data(first: Round, written: Written) -> str:
    """For a program; ``taken`` tells which fixes can be made at once."""
    return json.dumps(
        {
            "schema": 1,
            "status": written.status.value,
            "fixes": [_as_data(item, first) for item in first.judged],
            "missing": [
                {"id": f.id, "rule": f.rule, "path": f.path, "line": f.span.line, "reason": why}
                for f, why in first.missing
            ],
            "files": [
                {
                    "path": f.path,
                    "verdict": f.proof.verdict.value,
                    "fixes": [i.offer.id for i in f.taken],
                    "patch": diff_of(f.path, f.before, f.after),
                }
                for f in first.files
            ],
            "refuted_before": dict(first.refuted),
            "written": list(written.paths),
            "not_written": [{"path": path, "reason": why} for path, why in written.left.items()],
        },
        indent=2,
        ensure_ascii=False,
    )


def _as_data(item: Judged, found: Round) -> dict[str, Any]:
    offer = item.offer
    return {
        "id": offer.id,
        "rule": offer.mend.rule,
        "path": offer.mend.path,
        "line": offer.mend.span.line,
        "title": offer.title,
        "verdict": item.proof.verdict.value,
        "why": item.proof.why,
        "taken": offer.id in found.taken,
        "patch": diff_of(offer.mend.path, offer.before, offer.after),
        "proof": to_data(item.proof),
    }
