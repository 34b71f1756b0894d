"""``roster``: the agents that there are, with their scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /) -> dict[str, Any]:
    """Every agent by group, with its scope and whether it needs a model, and how many are planned."""
    from nova.config import places
    from nova.roster import load
    from nova.roster.agent import PLANNED

    known = world.options.get("roster")
    agents = known if known is not None else load(places().config / "agents")
    return {
        "agents": [
            {"name": a.name, "group": a.group, "scope": a.description, "llm": a.llm, "writes": list(a.writes),
             "examples": list(a.when[:2])}
            for a in agents.values()
        ],
        "planned": PLANNED,
    }  # fmt: skip


TOOL = Tool("roster", "The agents that there are, with their scopes and their need of a model.", work)
