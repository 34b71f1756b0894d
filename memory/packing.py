"""What fits a budget of tokens: what stands, then what is named, then what is found, each thing once. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from memory.copies import near
from memory.item import Item, Kind, from_row
from memory.query import Recalled
from memory.wording import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory.query import Query
    from memory.searching import Found

CHARACTERS = 4
"""Characters that are taken for one token."""
STANDING = 0.6
"""The share of the budget that what stands may take before what is named or found had its turn."""


def packed(query: Query, hits: Sequence[Recalled], stands: Sequence[Found]) -> list[Recalled]:
    """What fits the budget: what stands, then what is named, then what is found; each thing once."""
    own = {_value(hit.item) for hit in hits if hit.target and hit.item.predicate}
    hits = [hit for hit in hits if hit.target or _value(hit.item) not in own]
    room = query.budget * CHARACTERS
    better = {hit.item.id: hit for hit in hits}
    standing = [Recalled(from_row(one.row), one.target, "standing", 1.0, _stands(one)) for one in stands]
    if query.sparing:
        standing = [one for one in standing if one.item.id in better]
    standing.sort(key=lambda one: -(better[one.item.id].score if one.item.id in better else 0.0))
    taken = _Taken(room)
    late = [one for one in standing if not taken.take(one, STANDING)]
    shown = 0
    for hit in hits:
        if shown < query.most and taken.take(hit):
            shown += 1
    for one in late:
        taken.take(one)
    return [replace(one, rivals=_rivals(one.item, taken.all)) for one in taken.all]


def _value(item: Item) -> tuple[str, str, str]:
    return item.kind, item.subject, item.predicate


def _rivals(item: Item, shown: Sequence[Recalled]) -> tuple[str, ...]:
    """The ids of those shown that an item clearly contradicts, or that contradict it."""
    return tuple(one.item.id for one in shown if item.rivals.get(one.item.id) or one.item.rivals.get(item.id))


def cost(one: Recalled) -> int:
    """The characters that one thing shown takes, with its kind, reason, source and date."""
    return sum(map(len, (text_of(one.item), one.item.kind, one.why, one.item.source, one.item.valid_from[:10])))


class _Taken:
    """What was taken so far."""

    def __init__(self, room: int) -> None:
        self.all: list[Recalled] = []
        self._room = room
        self._used = 0

    def take(self, one: Recalled, share: float = 1.0) -> bool:
        """Take something, where it is no copy and there is room in a share of the whole."""
        if any(one.item.id == other.item.id or near(text_of(one.item), text_of(other.item)) for other in self.all):
            return True
        if self._used + cost(one) > self._room * share:
            return False
        self._used += cost(one)
        self.all.append(one)
        return True


def _stands(one: Found) -> str:
    item = from_row(one.row)
    scope = f"the project {item.project}" if item.project else "this repository" if one.target else "all work"
    return f"a {'decision in force' if item.kind == Kind.DECISION else f'standing {item.kind}'} for {scope}"
