"""An event of the journal, and the line that carries it with its checksum."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = "journal"
RESTORED = "restored"
"""The kind of an event that tells again what only the database had kept."""
SUM = b',"sum":"%08x"}'
TAIL = len(SUM % 0) + 1
"""The length of what every line ends with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, before it is recorded: by whom, where from, and ``when`` it was true."""

    kind: str
    target: str
    data: dict[str, Any]
    who: str
    source: str
    when: str
    at: str = ""
    """When it was recorded first, where it comes from another journal; empty for now."""


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded entry. ``seq`` gives the order, never ``at``: a clock may go backwards."""

    seq: int
    kind: str
    who: str
    source: str
    at: str
    when: str
    target: str
    data: dict[str, Any]
    sum: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a reader came: which journal, the offset behind the last event read, and that event's number and sum."""

    journal: str
    end: int
    seq: int
    sum: str


NOWHERE = Mark("", 0, 0, "")


def parse(line: bytes) -> Event | None:
    """The event that a line holds, where the line is whole and its sum is right."""
    text = line.rstrip(b"\r\n")
    body, tail = text[: 1 - TAIL], text[1 - TAIL :]
    if not line.endswith(b"\n") or tail != SUM % crc32(body + b"}"):
        return None
    try:
        raw = json.loads(text)
        who, source, at, when, target = (str(raw[name]) for name in ("who", "from", "at", "when", "target"))
        return Event(int(raw["seq"]), str(raw["kind"]), who, source, at, when, target, dict(raw["data"]), raw["sum"])
    except (ValueError, KeyError, TypeError):
        return None


def sealed(event: Event) -> tuple[bytes, Event]:
    """The line of an event that has no sum yet, and the event with its sum."""
    data = {
        "seq": event.seq,
        "kind": event.kind,
        "who": event.who,
        "from": event.source,
        "at": event.at,
        "when": event.when,
        "target": event.target,
        "data": event.data,
    }
    body = json.dumps(data, separators=(",", ":")).encode()
    total = crc32(body)
    return body[:-1] + SUM % total + b"\n", replace(event, sum=f"{total:08x}")


def lines(file: IO[bytes], offset: int) -> Iterator[tuple[Event | None, int, int]]:
    """Each line with its event (None: damaged) and its two ends; a damaged last line is left out."""
    file.seek(offset)
    start, damaged = offset, None
    for line in file:
        if damaged is not None:
            yield None, *damaged
        event = parse(line)
        damaged = (start, start + len(line)) if event is None else None
        if event is not None:
            yield event, start, start + len(line)
        start += len(line)


def loose(line: bytes) -> dict[str, Any]:
    """The data of a header whose sum this version cannot check: a newer one may count otherwise."""
    try:
        data = json.loads(line)
        return dict(data["data"]) if data["kind"] == HEADER else {}
    except (ValueError, KeyError, TypeError):
        return {}
