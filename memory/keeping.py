"""How events change the items of a target: pure, and the same for one new event as for all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from memory.item import (
    BY,
    CLOSED,
    COLUMNS,
    FORGOTTEN,
    FROM,
    ID,
    KIND,
    POSITION,
    PREDICATE,
    PROJECT,
    RECORDED,
    RIVALS,
    SEEN,
    SUBJECT,
    TEXTS,
    TOLD,
    UNTIL,
    WHO,
    WHY,
    row_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.book import Row, Shelf
    from memory.event import Event

ITEM, AGAIN, FORGOTTEN_KIND, ERASED, RECALLED, USED = "item", "again", "forgotten", "erased", "recalled", "used"
USE = ("id", "shown", "used", "contradicted", "last")
"""The columns of what became of an item in front of its readers; ``last`` is when it was shown last."""
SHOWN_AT, USED_AT, CONTRADICTED_AT, LAST_AT = range(1, len(USE))
SAME = (KIND, SUBJECT, PREDICATE, PROJECT)
"""What two values of one thing have in common."""
FIRST_WIDTH = len(TOLD) + 5
"""The columns of a row in the first shape of the table."""


def about(events: Sequence[Event]) -> tuple[list[str], list[list[Any]]]:
    """The ids of items that events are about, and the values (``SAME``) that they are about."""
    ids: set[Any] = set()
    values: list[list[Any]] = []
    for event in events:
        data = event.data
        if event.kind in {ITEM, AGAIN, FORGOTTEN_KIND, ERASED}:
            ids |= {data.get("id"), data.get("replaces"), *data.get("closes", ()), *data.get("rivals", ()),
                    *data.get("closed_by", ())}  # fmt: skip
        elif event.kind in {RECALLED, USED}:
            ids |= set(data.get("ids", ()))
        if event.kind == ITEM and data.get("predicate"):
            values.append([data.get(name) for name in ("kind", "subject", "predicate")])
    return sorted(name for name in ids if isinstance(name, str)), values


def apply_item(shelf: Shelf, event: Event) -> None:
    """Put an item down. What it takes the place of is closed by it; what tells of an earlier time is closed at once."""
    name = event.data["id"]
    if name in shelf.items:
        return
    row = row_of(event.data, event.seq)
    closes: Mapping[str, str] = event.data.get("closes", {})
    for other in _touched(shelf, row, (event.data.get("replaces"), *closes)):
        is_other_value = row[PREDICATE] and all(other[at] == row[at] for at in SAME)
        if is_other_value and tells_of_earlier(row, other):
            _close(row, other, "")
        elif other[ID] == event.data.get("replaces") or other[ID] in closes or is_other_value:
            _close(other, row, closes.get(other[ID], ""))
            shelf.changed_items.add(other[ID])
            _contradict(shelf, other[ID])
    for later, why in event.data.get("closed_by", {}).items():
        if later in shelf.items:
            _close(row, shelf.items[later], why)
    for rival in [name for name, why in event.data.get("rivals", {}).items() if why]:
        _contradict(shelf, rival)
    shelf.items[name] = row
    shelf.changed_items.add(name)
    if row[PREDICATE] and shelf.values is not None and row[CLOSED] is None:
        shelf.values.setdefault(_value_of(row), []).append(name)


def _value_of(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row[at] for at in SAME)


def _touched(shelf: Shelf, row: Sequence[Any], names: Iterable[str | None]) -> list[Row]:
    """The rows that hold still of which a new one may take the place: those that are named, and values of its kind.

    What holds of each value is looked up and not searched for: a rebuild of many items would take hours otherwise.
    """
    found = dict.fromkeys(name for name in names if name is not None and name in shelf.items)
    if row[PREDICATE]:
        if shelf.values is None:
            shelf.values = {}
            for name, other in shelf.items.items():
                if other[PREDICATE] and other[CLOSED] is None:
                    shelf.values.setdefault(_value_of(other), []).append(name)
        same = shelf.values.get(_value_of(row), [])
        same[:] = [name for name in same if shelf.items[name][CLOSED] is None]
        found |= dict.fromkeys(same)
    return [shelf.items[name] for name in found if shelf.items[name][CLOSED] is None]


def tells_of_earlier(row: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether a row that is recorded later was true before the other, by what was said of it and not by a clock."""
    return bool(row[FROM] != row[RECORDED] and row[FROM] < other[FROM])


def _close(row: Row, by: Row, why: str) -> None:
    row[CLOSED], row[BY], row[WHY] = max(row[FROM], by[FROM]), by[ID], why


def apply_again(shelf: Shelf, event: Event) -> None:
    """Count that something was said once more, in the same words or nearly."""
    row = shelf.items.get(event.data["id"])
    if row is not None and not row[FORGOTTEN]:
        row[SEEN] += 1
        shelf.changed_items.add(row[ID])


def apply_forgotten(shelf: Shelf, event: Event) -> None:
    """Take the texts of an item away."""
    row = shelf.items.get(event.data["id"])
    if row is not None and not row[FORGOTTEN]:
        blank(row, event.when)
        shelf.changed_items.add(row[ID])
        _drop_use(shelf, row[ID])


def apply_erased(shelf: Shelf, event: Event) -> None:
    """Know of an item whose event was erased that it was there, what it closed and what closed it, and no words."""
    data, name = event.data, event.data["id"]
    if name in shelf.items:
        apply_forgotten(shelf, event)
        return
    times = {at: data.get(at, event.when) for at in ("valid_from", "recorded_at")}
    row = row_of({"id": name, **dict.fromkeys(TOLD, ""), "kind": data.get("kind", ""), **times}, event.seq)
    row[CLOSED], row[BY] = data.get("closed"), data.get("by")
    blank(row, event.when)
    for closed in data.get("closes", ()):
        other = shelf.items.get(closed)
        if other is not None and other[CLOSED] is None:
            _close(other, row, "")
            shelf.changed_items.add(closed)
            _contradict(shelf, closed)
    for rival in data.get("rivals", ()):
        _contradict(shelf, rival)
    shelf.items[name] = row
    shelf.changed_items.add(name)
    _drop_use(shelf, name)


def blank(row: Row, when: str) -> None:
    """Leave of a row that there was one, of which kind, and its times."""
    for at in (*TEXTS, PREDICATE, WHO, PROJECT, UNTIL):
        row[at] = ""
    row[POSITION], row[SEEN] = 0, 1
    row[CLOSED], row[FORGOTTEN] = row[CLOSED] or when, True


def without_whys(row: Sequence[Any], gone: Iterable[str]) -> Row:
    """A row without the words that speak of items that are gone."""
    left, names = list(row), set(gone)
    if row[BY] in names:
        left[WHY] = ""
    if row[RIVALS]:
        rivals = {name: "" if name in names else why for name, why in json.loads(row[RIVALS]).items()}
        left[RIVALS] = json.dumps(rivals, sort_keys=True)
    return left


def apply_use(shelf: Shelf, event: Event) -> None:
    """Count what was shown to a reader, or used by one."""
    for name in event.data["ids"]:
        if name in shelf.items and shelf.items[name][FORGOTTEN]:
            continue
        use = _use(shelf, name)
        use[SHOWN_AT if event.kind == RECALLED else USED_AT] += 1
        use[LAST_AT] = max(use[LAST_AT], event.when)


def _contradict(shelf: Shelf, name: str) -> None:
    """Count against what was shown that something else took its place, or says otherwise."""
    if name in shelf.uses:
        _use(shelf, name)[CONTRADICTED_AT] += 1


def _drop_use(shelf: Shelf, name: str) -> None:
    if shelf.uses.pop(name, None) is not None:
        shelf.changed_uses.add(name)


def _use(shelf: Shelf, name: str) -> Row:
    shelf.changed_uses.add(name)
    return shelf.uses.setdefault(name, [name, 0, 0, 0, ""])


def restored(row: Sequence[Any]) -> Row:
    """A row that an event brings back; one from before the table's second shape is filled up."""
    if len(row) != FIRST_WIDTH:
        return list(row)
    *told, seq = row
    fill: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {"position": 0, "seen": 1, "seq": seq}
    return [*told, *(fill[name] for name in COLUMNS[len(told) :])]


KINDS = {
    ITEM: apply_item,
    AGAIN: apply_again,
    FORGOTTEN_KIND: apply_forgotten,
    ERASED: apply_erased,
    RECALLED: apply_use,
    USED: apply_use,
}
"""What each kind of event about items does."""
