"""The whole memory as JSON Lines, and back: the events of the journal, one a line, without the sums of that file.

What is there already is passed over, so a file may be taken in twice, or into a memory that went on since. What was
forgotten here never comes back, and nothing here is forgotten because it was forgotten there.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from memory.event import HEADER, RESTORED, Entry, Event
from memory.item import COLUMNS, Item
from memory.keeping import AGAIN, ERASED, FORGOTTEN_KIND, ITEM, RECALLED, USED
from memory.redaction import redacted
from memory.shapes import Strange, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from memory.ledger import Ledger
    from memory.markdown import Kept

VERSION = 1
HEAD = "memory"
"""The kind of the first line, which tells the version of the format."""
A_BATCH = 200
"""Events that are recorded with one write."""
OF_ITEMS = frozenset({ITEM, AGAIN, FORGOTTEN_KIND, ERASED})


@dataclass(slots=True)
class Imported:
    """How far an import came. What is counted is on the disk."""

    lines: int = 0
    new: int = 0
    """Events that were recorded."""
    items: int = 0
    """Memories among them."""
    known: int = 0
    """Events that were there already."""
    forgotten: int = 0
    """Events of memories that were forgotten here, and stay so."""
    kept: int = 0
    """Memories that were forgotten there, and are kept here."""
    problems: list[tuple[int, str]] = field(default_factory=list)
    """The lines that do not hold, each with a sentence."""


class NewerFormat(ValueError):
    """The file was written by a newer Nova."""


def exported(
    ledger: Ledger, projects: Sequence[str] | None = None, kinds: Sequence[str] | None = None
) -> Iterator[str]:
    """The lines of an export. With projects or kinds, only of memories that are of these, and no reviews."""
    yield _dumped({"kind": HEAD, "version": VERSION})
    ids = None if projects is None and kinds is None else _chosen(ledger, projects, kinds)
    for event, _ in ledger.journal.read(0):
        data = event.data if ids is None else _part(event, ids)
        if data is not None:
            told = {"seq": event.seq, "kind": event.kind, "who": event.who, "from": event.source, "at": event.at}
            yield _dumped(told | {"when": event.when, "target": event.target, "data": data})


def taken_in(ledger: Ledger, rows: Iterable[bytes], told: Imported, *, dry: bool = False) -> None:
    """Take lines in, and count them in ``told`` once they are recorded. ``dry`` records nothing.

    Raises ``NewerFormat`` before anything is recorded where the file is of a version that is not known.
    """
    there = _There(ledger)
    batch: list[Entry] = []

    def settle(above: int = 0) -> None:
        if batch and not dry:
            ledger.record(batch, above=above)
        told.new += len(batch)
        told.items += sum(entry.kind == ITEM for entry in batch)
        batch.clear()

    for number, row in enumerate(rows, 1):
        told.lines = number
        if not row.strip():
            continue
        try:
            event = _read(row)
        except Strange as error:
            told.problems.append((number, str(error)))
            continue
        if event is None:
            continue
        fresh = there.fresh(event, told)
        if fresh is None:
            continue
        if fresh.kind == RESTORED:
            settle()
            batch.append(fresh)
            settle(above=_highest(fresh.data))
            continue
        batch.append(fresh)
        if len(batch) >= A_BATCH:
            settle()
    settle()


def restored(ledger: Ledger, kept: Iterable[Kept], told: Imported, *, dry: bool = False) -> None:
    """Put items back as they were, with all that became of them; those that are there stay as they are."""
    there = _There(ledger)
    rows: dict[str, list[list[Any]]] = {}
    base = ledger.read(lambda db: db.execute("select coalesce(max(seq), 0) from mark").fetchall())[0][0]
    count = 0
    for one in kept:
        if (one.target, one.item.id) in there.forgotten and not one.item.forgotten:
            told.forgotten += 1
        elif (one.target, one.item.id) in there.items:
            told.known += 1
        else:
            count += 1
            rows.setdefault(one.target, []).append(_row(_clean_item(one.item), base + count))
    if rows and not dry:
        empty: dict[str, Any] = {"lives": [], "runs": [], "verdicts": [], "past": []}
        told_of = {target: empty | {"items": some} for target, some in rows.items()}
        entries = [Entry(RESTORED, target, data, "nova", "export", "") for target, data in told_of.items()]
        ledger.record(entries, above=base + count)
    told.new += count
    told.items += count


class _There:
    """What a memory holds before something is taken in."""

    def __init__(self, ledger: Ledger) -> None:
        self._events = Counter(_name(event) for event, _ in ledger.journal.read(0))
        rows = ledger.read(lambda db: db.execute("select target, id, forgotten from item").fetchall())
        self.items = {(target, name) for target, name, _ in rows}
        self.forgotten = {(target, name) for target, name, gone in rows if gone}

    def fresh(self, event: Event, told: Imported) -> Entry | None:
        """The entry that records an event; None where it is not to be."""
        name = _name(event)
        if self._events[name]:
            self._events[name] -= 1
            told.known += 1
            return None
        data = event.data
        key = (event.target, str(data.get("id")))
        if event.kind in OF_ITEMS and key in self.forgotten:
            told.forgotten += event.kind in {ITEM, AGAIN}
            told.known += event.kind not in {ITEM, AGAIN}
            return None
        if event.kind in {FORGOTTEN_KIND, ERASED} and key in self.items:
            told.kept += 1
            return None
        if event.kind == ITEM and key in self.items:
            told.known += 1
            return None
        if event.kind == RESTORED:
            data = data | {"items": [row for row in data.get("items", ()) if (event.target, row[0]) not in self.items]}
        return Entry(event.kind, event.target, _clean(event.kind, data), event.who, event.source, event.when, event.at)


def _clean(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data of an event without secrets: a file may come from anywhere."""
    if kind not in {ITEM, AGAIN}:
        return data
    texts = {name: redacted(data[name]).text for name in ("value", "because", "subject", "text") if data.get(name)}
    return data | texts


def _clean_item(item: Item) -> Item:
    value, because, subject = (redacted(text).text for text in (item.value, item.because, item.subject))
    return replace(item, value=value, because=because, subject=subject)


def _row(item: Item, seq: int) -> list[Any]:
    told = {
        "about": json.dumps(item.about) if item.about else "",
        "rivals": json.dumps(dict(item.rivals), sort_keys=True) if item.rivals else "",
        "seq": seq,
    }
    return [told[name] if name in told else getattr(item, name) for name in COLUMNS]


def _read(row: bytes) -> Event | None:
    """The event of a line; None for the line that tells the version. Raises ``Strange`` and ``NewerFormat``."""
    try:
        raw = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise Strange("it is no JSON") from error
    if not isinstance(raw, dict):
        raise Strange("it is no JSON object")
    if raw.get("kind") == HEADER:
        return None
    if raw.get("kind") == HEAD:
        if raw.get("version") != VERSION:
            raise NewerFormat(f"the file has version {raw.get('version')}; this Nova knows up to {VERSION}")
        return None
    names = ("kind", "who", "from", "at", "when", "target")
    strange = [name for name in names if not isinstance(raw.get(name), str)]
    if strange or not isinstance(raw.get("data"), dict):
        raise Strange(f"it is no event: {strange[0] if strange else 'data'} is missing or of another type")
    kind, who, source, at, when, target = (raw[name] for name in names)
    seq = raw.get("seq")
    return checked(Event(seq if isinstance(seq, int) else 0, kind, who, source, at, when, target, raw["data"], ""))


def _name(event: Event) -> bytes:
    """What tells an event from others, whatever its number and when it was recorded."""
    told = [event.kind, event.who, event.source, event.when, event.target, event.data]
    return blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).digest()


def _chosen(ledger: Ledger, projects: Sequence[str] | None, kinds: Sequence[str] | None) -> set[tuple[str, str]]:
    rows = ledger.read(lambda db: db.execute("select target, id, project, kind from item").fetchall())
    return {
        (target, name)
        for target, name, project, kind in rows
        if (projects is None or project in projects) and (kinds is None or kind in kinds)
    }


def _part(event: Event, ids: set[tuple[str, str]]) -> dict[str, Any] | None:
    """What an event tells of some items; None where that is nothing."""
    data, target = event.data, event.target
    if event.kind in OF_ITEMS:
        return data if (target, data.get("id")) in ids else None
    if event.kind in {RECALLED, USED}:
        names = [name for name in data["ids"] if (target, name) in ids]
        return data | {"ids": names} if names else None
    if event.kind == RESTORED:
        told = {name: [r for r in data.get(name, ()) if (target, r[0]) in ids] for name in ("items", "uses")}
        return {"lives": [], "runs": [], "verdicts": [], "past": [], **told} if told["items"] else None
    return None


def _highest(data: dict[str, Any]) -> int:
    rows = (row for name in ("runs", "verdicts", "past", "items") for row in data.get(name, ()))
    return max((row[-1] for row in rows), default=0)


def _dumped(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"))
