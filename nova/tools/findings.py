"""``findings``: what memory knows of a repository's findings, without reviewing anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory import Life, Run
    from nova.tools import World

RUNS = 1000
"""How many of the last reviews are looked at, to tell when a finding was seen first and when it was gone."""


def work(_key: str, world: World, /, *, state: str = "open", path: str = "") -> dict[str, Any]:
    """The findings in a state (``open``, ``fixed``, ``regressed``), each with when Nova saw it first and saw it gone.

    Findings that a person dismissed are counted apart and not listed.
    """
    from nova import app
    from nova.tools._ground import memory_of, subject_of

    found = subject_of(world)
    with memory_of(world) as memory:
        lives = memory.lives(found.key)
        dismissed = {row[0] for row in app.standing_verdicts(memory, found) if row[1] == "dismiss"}
        runs = memory.runs(found.key, RUNS)
    seen = first_runs(runs)
    wanted = [life for life in lives if in_state(life, state) and _below(life.path, path)]
    listed = [life for life in wanted if life.id not in dismissed]
    return {
        "runs": len(runs),
        "last_run": runs[0].started_at if runs else None,
        "last_commit": runs[0].commit if runs else None,
        "findings": [row(life, seen) for life in sorted(listed, key=lambda o: (o.path, o.line, o.id))],
        "dismissed": len(wanted) - len(listed),
        "by_rule": dict(Counter(life.rule for life in listed).most_common()),
    }


def first_runs(runs: Sequence[Run]) -> dict[str, str]:
    """When each snapshot was reviewed first; empty for the very first review, at which nothing is new."""
    seen: dict[str, str] = {}
    for run in runs:  # the latest first
        seen[run.snapshot] = run.started_at
    if runs:
        seen[runs[-1].snapshot] = ""
    return seen


def in_state(life: Life, state: str) -> bool:
    """Whether a life is open, fixed, or open again after it was fixed."""
    if state == "regressed":
        return life.state == "open" and life.regressed_snapshot is not None
    return life.state == state


def row(life: Life, seen: Mapping[str, str]) -> dict[str, Any]:
    """A life as plain data."""
    return {
        "id": life.id,
        "rule": life.rule,
        "path": life.path,
        "line": life.line,
        "symbol": life.symbol,
        "severity": life.severity,
        "message": life.message,
        "state": life.state,
        "regressed": life.regressed_snapshot is not None,
        "first_seen": seen.get(life.first_snapshot, ""),
        "gone_seen": seen.get(life.fixed_snapshot or "", "") if life.state == "fixed" else "",
    }


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder.rstrip("/") + "/")


TOOL = Tool("findings", "The open, fixed or regressed findings that memory knows of, with when they were seen.", work)
