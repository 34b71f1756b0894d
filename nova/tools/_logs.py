"""Log lines as events: the usual formats, with or without a zone. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEVELS = ("debug", "info", "warning", "error", "critical")
_MONTHS = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_ISO = re.compile(
    r"\[?(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d|UTC)?\b\]?[:,]? *"
)
_SYSLOG5 = re.compile(r"<\d{1,3}>\d (?=\d{4}-)")
_SYSLOG = re.compile(r"(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\S+) ")
_ACCESS = re.compile(
    r'(\S+) \S+ \S+ \[(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})\] "([^"]*)" (\d{3}) (\S+)'
)
_APACHE = re.compile(
    r"\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))? (\d{4})\] (?:\[(?:\w+:)?(\w+)\] )?"
)
_LEVEL = re.compile(
    r"\b(DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|ALERT|EMERG(?:ENCY)?|PANIC|SEVERE)\b"
)
_LEVEL_IN_BRACKETS = re.compile(r"\[(debug|info|notice|warn|warning|error|crit|alert|emerg)\]", re.IGNORECASE)
_EXCEPTION = re.compile(r"(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Timeout|Warning)\b(?::|$)")
_TIMES = ("timestamp", "@timestamp", "time", "ts", "asctime", "datetime", "date", "created", "when")
_TEXTS = ("message", "msg", "event", "text", "error")
_ALIKE = re.compile(r"0x[0-9a-fA-F]+|\b[0-9a-fA-F]{8,}\b|\d+")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a log with the lines that belong to it. ``time`` is in UTC."""

    time: datetime
    line: int
    level: str
    text: str
    zoned: bool
    """Whether the line itself names its zone."""
    detail: str = ""
    """The exception that the lines below end in."""


def zone(text: str) -> tzinfo:
    """``UTC``, ``+02:00`` or a name such as ``Europe/Berlin``.

    Raises ``ValueError`` for what is none of these.
    """
    if text.upper() in {"UTC", "Z", "GMT", ""}:
        return UTC
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", text)
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(shift if found[1] == "+" else -shift)
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text)
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(f"{text} is no time zone") from error


def events(lines: Iterable[str], assumed: tzinfo, year: int) -> Iterator[Event]:
    """The events of a log. Lines without a time belong to the one before; those before the first are dropped.

    ``assumed`` is the zone of times that name none; ``year`` that of dates that name none.
    """
    now: Event | None = None
    for number, raw in enumerate(lines, 1):
        text = raw.rstrip("\r\n")
        found = read(text, number, assumed, year)
        if found is not None:
            if now is not None:
                yield now
            now = found
        elif now is not None and text.strip() and not text[0].isspace() and _EXCEPTION.match(text):
            level = now.level if LEVELS.index(now.level) >= LEVELS.index("error") else "error"
            now = replace(now, detail=text.strip()[:300], level=level)
    if now is not None:
        yield now


def read(text: str, number: int, assumed: tzinfo, year: int) -> Event | None:
    """The event that a line begins; None where it names no time."""
    try:
        if text.startswith("{"):
            return _json(text, number, assumed)
        return _iso(text, number, assumed) or _access(text, number) or _other(text, number, assumed, year)
    except (ValueError, OverflowError, KeyError):
        return None  # numbers that are no date


def alike(text: str) -> str:
    """A text without its numbers, so that repetitions are known."""
    return _ALIKE.sub("#", text)


def _iso(text: str, number: int, assumed: tzinfo) -> Event | None:
    start = _SYSLOG5.match(text)
    begin = start.end() if start else 0
    found = _ISO.match(text, begin)
    if found is None and text[:1] not in {"", " ", "\t"}:
        found = _ISO.search(text, 0, 80)
    if found is None:
        return None
    y, month, day, hour, minute, second, part, named = found.groups()
    micro = int((part or "0").ljust(6, "0")[:6])
    home = zone(named) if named else assumed
    when = datetime(int(y), int(month), int(day), int(hour), int(minute), min(int(second), 59), micro, home)
    rest = f"{text[begin : found.start()]}{text[found.end() :]}".strip(" -|:\t")
    return Event(when.astimezone(UTC), number, _level(rest), rest, named is not None)


def _access(text: str, number: int) -> Event | None:
    found = _ACCESS.match(text)
    if found is None:
        return None
    _, day, month, y, hour, minute, second, named, request, status, size = found.groups()
    when = datetime(
        int(y), _MONTHS[month.lower()], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=zone(named)
    )
    level = "error" if status >= "500" else "warning" if status >= "400" else "info"
    return Event(when.astimezone(UTC), number, level, f"{status} {request} ({size} bytes)", zoned=True)


def _other(text: str, number: int, assumed: tzinfo, year: int) -> Event | None:
    found = _SYSLOG.match(text)
    if found is not None:
        month, day, hour, minute, second, _ = found.groups()
        when = datetime(
            year, _MONTHS[month.lower()], int(day), int(hour), int(minute), min(int(second), 59), 0, assumed
        )
        rest = text[found.end() :]
        return Event(when.astimezone(UTC), number, _level(rest), rest, zoned=False)
    found = _APACHE.match(text)
    if found is None:
        return None
    month, day, hour, minute, second, part, y, level = found.groups()
    micro = int((part or "0").ljust(6, "0")[:6])
    when = datetime(
        int(y), _MONTHS[month.lower()], int(day), int(hour), int(minute), min(int(second), 59), micro, assumed
    )
    return Event(when.astimezone(UTC), number, _named(level or "info"), text[found.end() :], zoned=False)


def _json(text: str, number: int, assumed: tzinfo) -> Event | None:
    data = json.loads(text)
    value = next((data[name] for name in _TIMES if data.get(name) not in {None, ""}), None)
    if value is None:
        return None
    when, zoned = _moment(value, assumed)
    said = next((str(data[name]) for name in _TEXTS if data.get(name)), text)
    level = data.get("level") or data.get("severity") or data.get("levelname") or data.get("lvl")
    detail = str(data.get("exc_info") or data.get("exception") or "").strip().rpartition("\n")[2]
    return Event(when, number, _named(str(level)) if level else _level(said), said, zoned, detail[:300])


def _moment(value: Any, assumed: tzinfo) -> tuple[datetime, bool]:
    if isinstance(value, (int, float)) or re.fullmatch(r"\d{9,19}(?:\.\d+)?", str(value)):
        seconds = float(value)
        while seconds > 1e11:  # thousandths, millionths ...
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC), True
    when = datetime.fromisoformat(str(value).replace(",", "."))
    return (when if when.tzinfo else when.replace(tzinfo=assumed)).astimezone(UTC), when.tzinfo is not None


def _level(text: str) -> str:
    head = text[:160]
    found = _LEVEL_IN_BRACKETS.search(head) or _LEVEL.search(head)
    return _named(found[1]) if found else "info"


def _named(word: str) -> str:
    low = word.lower()
    if low.startswith(("crit", "fatal", "emerg", "alert", "panic")) or low in {"50", "60"}:
        return "critical"
    if low.startswith(("err", "severe")) or low == "40":
        return "error"
    if low.startswith("warn") or low == "30":
        return "warning"
    return "debug" if low.startswith(("debug", "trace")) or low == "10" else "info"
