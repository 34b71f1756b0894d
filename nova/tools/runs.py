"""``runs``: the reviews that memory knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /, *, most: int = 20) -> dict[str, Any]:
    """The last reviews of the repository, the latest first."""
    from nova.tools._ground import memory_of, subject_of

    with memory_of(world) as memory:
        runs = memory.runs(subject_of(world).key, most)
    return {
        "runs": [
            {"at": run.started_at, "commit": run.commit, "scope": run.scope, "findings": run.totals.get("findings", 0),
             "files": run.totals.get("files", 0), "dismissed": run.totals.get("dismissed", 0)}
            for run in runs
        ]
    }  # fmt: skip


TOOL = Tool("runs", "The last reviews of the repository, with what they found.", work)
