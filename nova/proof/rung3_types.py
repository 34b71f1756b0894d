"""Rung 3: the types. A type checker says nothing that it did not say before, lines that moved aside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nova.hunks import hunks, moved
from nova.proof.verdict import Outcome, RungResult
from reviewers.text import Undecodable, decoded, split_lines, unified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.hunks import Hunk
    from nova.proof.case import Case, Patch
    from nova.proof.tools import Diagnostic, Tools

RUNG = 3
NAME = "types"


def climb(case: Case, tools: Tools) -> RungResult:
    """Ask the type checker before and after; what it says anew fails the rung, but refutes nothing."""
    if tools.types is None:
        return RungResult(
            RUNG, NAME, Outcome.NOT_RUN, "no type checker is on this machine: ty, mypy and pyrefly are known"
        )
    typed = tools.types.check(case.patch)
    commands, versions = (typed.command,) if typed.command else (), (typed.version,) if typed.version else ()
    if typed.failed:
        return RungResult(RUNG, NAME, Outcome.NOT_RUN, typed.failed, commands, versions)
    new = new_diagnostics(typed.before, typed.after, case.patch)
    counts = (("diagnostics before", len(typed.before)), ("diagnostics after", len(typed.after)), ("new", len(new)))
    if new:
        first = new[0]
        why = f"{first.path}:{first.line}: {first.message} [{first.code}]" + (
            f" and {len(new) - 1} more" if new[1:] else ""
        )
        return RungResult(RUNG, NAME, Outcome.FAILED, why, commands, versions, counts)
    return RungResult(RUNG, NAME, Outcome.PASSED, "the type checker says nothing new", commands, versions, counts)


def new_diagnostics(before: Sequence[Diagnostic], after: Sequence[Diagnostic], patch: Patch) -> list[Diagnostic]:
    """What is said after and was not said before.

    A line that only moved takes what was said of it along; what was said of a line that changed may be said again
    anywhere in the hunk that replaced it.
    """
    changed = {c.path: hunks(_lines(c.before), _lines(c.after)) for c in patch.files}
    old = Counter((d.path, _new_place(changed, d), d.code, d.message) for d in before)
    new = []
    for diagnostic in after:
        key = (diagnostic.path, _place(changed, diagnostic), diagnostic.code, diagnostic.message)
        if old[key] > 0:
            old[key] -= 1
        else:
            new.append(diagnostic)
    return new


def _new_place(changed: Mapping[str, Sequence[Hunk]], diagnostic: Diagnostic) -> tuple[str, int]:
    """Where an old line stands after: as itself, or as the hunk that it is part of."""
    found = changed.get(diagnostic.path, ())
    line = moved(found, diagnostic.line - 1)
    if line is not None:
        return "line", line
    return "hunk", next(n for n, h in enumerate(found) if h.first <= diagnostic.line - 1 < h.end)


def _place(changed: Mapping[str, Sequence[Hunk]], diagnostic: Diagnostic) -> tuple[str, int]:
    line = diagnostic.line - 1
    for number, hunk in enumerate(changed.get(diagnostic.path, ())):
        if hunk.new_first <= line < hunk.new_end:
            return "hunk", number
    return "line", line


def _lines(data: bytes | None) -> list[str]:
    try:
        return split_lines(unified(decoded(data))) if data else []
    except Undecodable:
        return []
