"""``recall``: what memory holds about something, and why it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Item
    from nova.tools import World

MOST = 8


def work(
    _key: str, world: World, /, *, query: str = "", kinds: Sequence[str] = (), past: bool = False, most: int = MOST
) -> dict[str, Any]:
    """What a query needs, best first; without one, the newest of some kinds. ``past`` lets in what no longer holds."""
    from nova.projects import EVERYWHERE
    from nova.recall import can_be_found, told
    from nova.tools._ground import memory_of
    from nova.tools._memory import place_of, plain

    place = place_of(world)
    with memory_of(world) as memory:
        scopes = {item.id: scope for scope in (EVERYWHERE, place.key) for item in memory.items(scope)}
        items = [item for scope in dict.fromkeys((EVERYWHERE, place.key)) for item in memory.items(scope)]
    fit = [i for i in items if can_be_found(i) and (i.holds or past) and (not kinds or i.kind in kinds)]
    found = searched(fit, query, past=past) if query.strip() else [(i, "it holds here") for i in reversed(fit)]
    return {
        "items": [{**plain(i, scopes[i.id]), "text": told(i), "why": why} for i, why in found[:most]],
        "of": len(found),
    }


def searched(items: Sequence[Item], query: str, *, past: bool = False) -> list[tuple[Item, str]]:
    """The items that a query needs, best first and each said once, with why; pure."""
    from nova.anchors import anchors_in
    from nova.recall import hits, near, told

    found: list[tuple[Item, str]] = []
    for hit in hits(query, items, anchors_in(query), past=past):
        if not any(other.holds == hit.item.holds and near(told(other), told(hit.item)) for other, _ in found):
            found.append((hit.item, hit.why))
    return found


TOOL = Tool("recall", "What memory holds about something, each with its date, its source and why it is here.", work)
