"""``clock``: what time it is where the person is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, _world: World, /) -> dict[str, Any]:
    """The time now, with the person's own zone."""
    now = datetime.now().astimezone()
    return {"now": now.isoformat(timespec="seconds"), "zone": now.strftime("%z")}


TOOL = Tool("clock", "The present time and the person's time zone.", work)
