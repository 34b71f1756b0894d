"""``routes``: requests that a person said had gone to the wrong agent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, _world: World, /) -> dict[str, Any]:
    """Each corrected request with the agent that was right, and how many each agent had."""
    from nova.config import places
    from nova.corrections import load

    corrections = [
        {"request": c.request, "right": c.agent, "instead": c.instead, "at": c.at} for c in load(places().data)
    ]
    counts = Counter(c["right"] for c in corrections)
    return {
        "corrections": corrections,
        "by_agent": [{"right": name, "count": n} for name, n in sorted(counts.items(), key=lambda p: (-p[1], p[0]))],
    }


TOOL = Tool("routes", "Requests that went to the wrong agent, as people corrected them.", work)
