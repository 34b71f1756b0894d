"""``post_proposals``: opens draft pull requests of proved fixes and keeps the open ones up to date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.ports import Progress
    from nova.proposals import Asked, Proposed
    from nova.request import Request
    from nova.tools import World


def effect(_world: World, /, *, proposals: Sequence[Mapping[str, str]], **_: Any) -> str:
    """What a call would do, for the person who approves it."""
    from nova.tools._proposals import named

    rest = "bring the open proposals up to date on GitHub, and close those that are no longer true"
    if not proposals:
        return rest
    return f"push a branch of each and open a draft pull request, and {rest}:\n{named(proposals)}"


def work(_key: str, world: World, /, *, proposals: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Post the proposals. What is there already is found, and nothing is posted a second time.

    ``proposals`` are rows of ``proved_fixes``; ``posted`` tells what came of each step in sentences, ``whole`` whether
    all of them were done. Raises ``NovaError`` where nothing can be posted at all.
    """
    from nova.offering import offer
    from nova.proposals import Asked
    from nova.tools._ground import request_of
    from nova.tools._proposals import now, plain

    rules = [one["rule"] for one in proposals]
    asked = Asked(len(rules), now(), write=True)
    request = request_of(world)
    done = offer(request, asked, world.pace, make=partial(_make, world, rules))
    return plain(done.proposed, request) | {
        "pull_requests": dict(done.numbers), "posted": list(done.lines), "whole": done.is_whole
    }  # fmt: skip


def _make(world: World, rules: Sequence[str], request: Request, asked: Asked, progress: Progress) -> Proposed:
    from nova.tools._proposals import write

    return write(world, request, asked, rules, progress)


TOOL = Tool(
    "post_proposals", "Opens draft pull requests of proved fixes, and keeps the open ones up to date.", work,
    writes=True, effect=effect,
)  # fmt: skip
