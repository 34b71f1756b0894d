"""What is left of the journal when a person has memories erased: pure.

Each event that told of them keeps its number and becomes one of the kind ``erased``, which tells ids and times and no
words; of other events only the words that speak of them go. Folding what is left gives the rows in ``Erasure``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from memory.event import HEADER, RESTORED, Event, parse, sealed
from memory.item import BECAUSE, BY, CLOSED, FROM, ID, KIND, RECORDED, RIVALS, VALUE
from memory.keeping import AGAIN, ERASED, ITEM, RECALLED, USED, blank, restored, without_whys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.book import Row

SHORTEST = 4
"""A text with fewer characters is not looked for in lines that cannot be read, or in what else was said."""
FEW = 40
"""So many things are looked for in a line before it is parsed; with more of them every line is."""
WHYS = ("closes", "closed_by", "rivals")
"""What an event tells of other items: their ids, each with why."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, to tell the person. Nothing at all, where none of the ids was known."""

    items: int
    events: int
    """Events of the journal that told of them."""
    files: tuple[str, ...]
    """The names of the files that were written anew or deleted."""
    bytes: int
    """How long the texts were."""
    left: tuple[str, ...]
    """Sentences: where the texts may stand still, which only the person can delete."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Which items of a target are erased, on whose word, and the rows that stand afterwards."""

    target: str
    who: str
    when: str
    rows: Mapping[str, Row]
    """By id, the rows of the erased: ids and times."""
    others: Mapping[str, Row]
    """By id, the rows of other items of which one of them is told, without those words."""
    texts: tuple[str, ...]
    """What they said; looked for where only words can tell."""

    @property
    def needles(self) -> tuple[bytes, ...]:
        """What a line holds that may have to be changed."""
        return written((*self.rows, *self.others, *self.texts))

    def line(self, line: bytes, needles: Sequence[bytes]) -> bytes:
        """What a line of a journal becomes: itself, another one, or nothing where it is damaged and tells of them."""
        if len(needles) <= FEW and not any(needle in line for needle in needles) and line.endswith(b"\n"):
            return line
        event = parse(line)
        if event is None:
            return b"" if self._is_told_by(line, needles) else line
        changed = None if event.kind == HEADER else self.event(event)
        return line if changed is None else sealed(changed)[0]

    def event(self, event: Event) -> Event | None:
        """What an event becomes; None where it stays as it is."""
        if event.kind in {RECALLED, USED}:
            data = self._without_texts(event.data)
        elif event.target != self.target:
            return None
        elif event.kind == RESTORED:
            data = self._restored(event.data)
        elif event.kind in {ITEM, AGAIN} and event.data.get("id") in self.rows:
            told = self._told(event.data) if event.kind == ITEM else {"id": event.data["id"]}
            return replace(event, kind=ERASED, who=self.who, source="", when=self.when, data=told, sum="")
        elif event.kind in {ITEM, AGAIN, ERASED}:
            data = self._without_whys(event)
        else:
            return None
        return None if data == event.data else replace(event, data=data, sum="")

    def is_said_in(self, event: Event) -> bool:
        """Whether an event that stays holds one of the texts too; of many texts, whether it is one of them."""
        if len(self.texts) > FEW:
            return event.kind != HEADER and not set(self.texts).isdisjoint(_strings(event.data))
        return event.kind != HEADER and any(text in word for word in _strings(event.data) for text in self.texts)

    def _told(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the event of an erased item tells: what folding needs of it."""
        name = data["id"]
        row = self.rows[name]
        told = {"id": name, "kind": row[KIND], "valid_from": row[FROM], "recorded_at": row[RECORDED]}
        closes = {n: "" for n, other in self.others.items() if other[BY] == name and other[-1] < row[-1]}
        rivals = dict.fromkeys(data.get("rivals", ()), "")
        told |= {"closed": row[CLOSED], "by": row[BY]}
        return told | {key: value for key, value in (("closes", closes), ("rivals", rivals)) if value}

    def _without_whys(self, event: Event) -> dict[str, Any]:
        data = dict(event.data)
        for name in WHYS:
            if isinstance(data.get(name), dict):
                data[name] = {other: "" if other in self.rows else why for other, why in data[name].items()}
        other = self.others.get(str(data.get("id")))
        if event.kind == ITEM and other is not None and other[BY] in self.rows and other[-1] > self.rows[other[BY]][-1]:
            data["closed_by"] = data.get("closed_by", {}) | {other[BY]: ""}
        return data

    def _restored(self, data: dict[str, Any]) -> dict[str, Any]:
        if not any(row[0] in self.rows or row[0] in self.others for row in data.get("items", ())):
            return data
        items = [
            list(self.rows[row[0]]) if row[0] in self.rows else without_whys(restored(row), self.rows)
            for row in data["items"]
        ]
        return data | {"items": items, "uses": [row for row in data.get("uses", ()) if row[0] not in self.rows]}

    def _without_texts(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a reader asked may repeat the words; nothing follows from it."""
        return {
            name: "" if isinstance(value, str) and any(text in value for text in self.texts) else value
            for name, value in data.items()
        }

    def _is_told_by(self, line: bytes, needles: Iterable[bytes]) -> bool:
        """Whether a line that cannot be read holds an id or a text, or breaks off in the middle of a text."""
        end = line.rstrip(b"\r\n").rpartition(b'":"')[2]
        cut = len(end) >= SHORTEST and any(text.startswith(end) for text in written(self.texts))
        return cut or any(needle in line for needle in needles)


def written(texts: Iterable[str]) -> tuple[bytes, ...]:
    """Texts as a journal holds them."""
    return tuple(json.dumps(text)[1:-1].encode() for text in texts)


def erasure(
    target: str,
    rows: Iterable[Sequence[Any]],
    others: Iterable[Sequence[Any]],
    said: Iterable[str],
    who: str,
    when: str,
) -> Erasure:
    """What to erase: ``rows`` as they stand now, those ``others`` that may tell of them, and all that they ``said``."""
    blanked: dict[str, Row] = {}
    texts = set(said)
    for row in rows:
        texts |= {row[VALUE], row[BECAUSE]}
        blanked[row[ID]] = list(row)
        blank(blanked[row[ID]], when)
    told = {
        row[ID]: without_whys(row, blanked)
        for row in others
        if row[ID] not in blanked and (row[BY] in blanked or any(name in row[RIVALS] for name in blanked))
    }
    return Erasure(target, who, when, blanked, told, tuple(sorted(text for text in texts if len(text) >= SHORTEST)))


def texts_of(events: Iterable[Event], target: str, ids: Iterable[str]) -> list[str]:
    """What events tell that items said; the tables may know it no more."""
    names = set(ids)
    found: list[str] = []
    for event in events:
        if event.target == target and event.kind == RESTORED:
            rows = [row for row in event.data.get("items", ()) if row[0] in names]
            found += [str(row[at]) for row in rows for at in (VALUE, BECAUSE)]
        elif event.target == target and event.data.get("id") in names:
            found += [str(event.data.get(name, "")) for name in ("value", "because", "text")]
    return found


def _strings(data: object) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
