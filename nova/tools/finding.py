"""``finding``: one finding by id or rank, with its code, its history, the verdict on it and its fix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from memory import Memory
    from nova.answer import Ranked
    from nova.subject import Subject
    from nova.tools import World

AROUND = 3
MOST_LINES = 12


def work(_key: str, world: World, /, *, id: str) -> dict[str, Any]:  # noqa: A002 - the field's word
    """The finding that an id, the beginning of one or the rank shown last names.

    ``present`` tells whether it is still there; where it is not, ``finding`` holds what memory knows of it.
    """
    from nova.findings import meant
    from nova.report.as_json import finding as told
    from nova.tools._ground import memory_of, request_of, reviewed, subject_of

    found = subject_of(world)
    with memory_of(world) as memory:
        wanted = meant(memory, found.key, id)
    request = request_of(world, everything=True, patches=True)
    _, answer = reviewed(replace(request, patch_of=wanted.id))
    present = next((f for f in answer.findings if f.id == wanted.id), None)
    with memory_of(world) as memory:
        history = [
            {"what": what, "commit": commit, "when": at} for what, _, commit, at in memory.history(found.key, wanted.id)
        ]
        verdict = _verdict(memory, found, wanted.fingerprint, wanted.path)
    known = {
        "id": wanted.id, "rule": wanted.rule, "path": wanted.path, "symbol": wanted.symbol, "message": wanted.message,
    }  # fmt: skip
    return {
        "present": present is not None,
        "finding": told(present) if present is not None else known,
        "excerpt": _excerpt(found, present) if present is not None else [],
        "history": history,
        "verdict": verdict,
    }


def _excerpt(found: Subject, finding: Ranked) -> list[dict[str, Any]]:
    from nova.ground import reader_of
    from reviewers.text import Undecodable, decoded, unified

    try:
        lines = unified(decoded(reader_of(found)(finding.path) or b"")).split("\n")
    except Undecodable:
        return []
    first = max(finding.span.line - AROUND, 1)
    last = min(min(finding.span.end_line, finding.span.line + MOST_LINES) + AROUND, len(lines))
    return [{"line": n, "text": lines[n - 1]} for n in range(first, last + 1)]


def _verdict(memory: Memory, found: Subject, fingerprint: str, path: str) -> dict[str, str] | None:
    from memory import read_lines, standing
    from nova import kept

    shared, _ = read_lines(kept.verdict_lines(found))
    said = standing([*shared, *memory.verdicts(found.key)]).get((fingerprint, path))
    if said is None:
        return None
    return {"verdict": said.answer.value, "because": said.because, "by": said.who, "when": said.at}


TOOL = Tool("finding", "One finding by id or rank: its code, history, verdict and fix.", work)
