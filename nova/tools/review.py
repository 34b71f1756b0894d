"""``review``: the road of ``nova review``, its answer as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.tools import World


def work(
    _key: str,
    world: World,
    /,
    *,
    path: str = "",
    diff: str | None = None,
    staged: bool = False,
    select: Sequence[str] = (),
    everything: bool = False,
) -> dict[str, Any]:
    """Review the repository, a part of it or a change, and remember it as ``nova review`` does."""
    from nova.tools._ground import plain, request_of, reviewed

    request = request_of(world, path, diff=diff, staged=staged, select=tuple(select), everything=everything, shown=True)
    return plain(reviewed(request, world.pace)[1])


TOOL = Tool("review", "Reviews a repository, a part of it or a change; findings best first, then places.", work)
