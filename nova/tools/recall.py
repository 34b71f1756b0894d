"""``recall``: what memory holds about something, and why it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.tools import World

MOST = 8
BUDGET = 6000
"""Tokens of an answer."""


def work(
    _key: str, world: World, /, *, query: str = "", kinds: Sequence[str] = (), past: bool = False, most: int = MOST
) -> dict[str, Any]:
    """What a query needs, best first; without one, the newest of some kinds. ``past`` lets in what no longer holds."""
    from memory.query import FINDABLE, Query
    from memory.wording import text_of
    from nova.embed import embedder
    from nova.tools._ground import memory_of
    from nova.tools._memory import now, place_of, plain

    place = place_of(world)
    asked = Query(
        query, place.scopes, kinds=frozenset(kinds or FINDABLE), now=now(), past=past, most=most, standing=False,
        budget=BUDGET,
    )  # fmt: skip
    with memory_of(world) as memory:
        if query.strip():
            found = [(one.item, one.target, one.why) for one in memory.recall(asked, embedder())]
        else:
            found = [(item, target, "it holds here") for target, item in memory.newest(asked)]
    return {
        "items": [{**plain(item, scope), "text": text_of(item), "why": why} for item, scope, why in found],
        "of": len(found),
    }


TOOL = Tool("recall", "What memory holds about something, each with its date, its source and why it is here.", work)
