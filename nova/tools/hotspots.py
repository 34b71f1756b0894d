"""``hotspots``: up to fifty places to mend first, of the whole repository or a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /, *, path: str = "", most: int = 20) -> dict[str, Any]:
    """The places of a review, more of them than it shows by itself."""
    from nova.tools._ground import plain, request_of, reviewed

    data = plain(reviewed(request_of(world, path, everything=True), world.pace)[1])
    return {
        "places": data["places"][:most],
        "status": data["status"],
        "failed": data["failed"],
        "notices": data["notices"],
        "target": data["target"],
    }


TOOL = Tool("hotspots", "Functions to mend first by size, complexity and the history of their changes.", work)
