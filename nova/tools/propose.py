"""``propose``: makes local branches of proved fixes, as ``nova propose`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.tools import World


def effect(_world: World, /, *, proposals: Sequence[Mapping[str, str]], **_: Any) -> str:
    """What a call would do, for the person who approves it."""
    from nova.tools._proposals import named

    return f"make a local branch of each, on the newest commit; nothing is pushed or merged:\n{named(proposals)}"


def work(_key: str, world: World, /, *, proposals: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Make the branches. The same proposals on the same commit make the same branches, however often.

    ``proposals`` are rows of ``proved_fixes``: of each, its rule, branch and title. Raises as that does.
    """
    from nova.proposals import Asked
    from nova.tools._ground import request_of
    from nova.tools._proposals import now, plain, write

    request = request_of(world)
    asked = Asked(len(proposals), now(), write=True)
    return plain(write(world, request, asked, [one["rule"] for one in proposals], world.pace), request)


TOOL = Tool("propose", "Makes a local branch of each proved fix.", work, writes=True, effect=effect)
