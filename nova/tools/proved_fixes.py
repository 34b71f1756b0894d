"""``proved_fixes``: the fixes that are worth proposing, chosen, proved and worded; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def work(_key: str, world: World, /, *, top: int = 3, renew: bool = False) -> dict[str, Any]:
    """At most ``top`` new proposals on the newest commit; with ``renew`` the open ones that stand on another too.

    Raises ``UsageError`` or ``GitError`` where there is no commit to stand on, and ``OutOfTime``.
    """
    from nova.tools._ground import request_of
    from nova.tools._proposals import plain, prepare

    request = request_of(world)
    return plain(prepare(world, request, top, renew=renew), request)


TOOL = Tool("proved_fixes", "The fixes worth proposing, proved on the newest commit, a rule each.", work)
