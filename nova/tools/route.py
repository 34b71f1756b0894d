"""``route``: whose work a message is, as the router sees it with nobody having the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


@dataclass(frozen=True, slots=True)
class _Nobody:
    """A conversation that has not begun."""

    active: str = ""
    pending: str = ""


def work(_key: str, world: World, /, *, message: str) -> dict[str, Any]:
    """The agent, None where none stands out, with the scores of the best three and why."""
    from nova import embed, routing
    from nova.config import places
    from nova.roster import load

    known = world.options.get("roster")
    agents = known if known is not None else load(places().config / "agents")
    return routing.router(agents, places().data, embed.embedder("auto")).route(message, _Nobody()).as_data()


TOOL = Tool("route", "Whose work a message is, with the best three agents.", work)
