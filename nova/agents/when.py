"""Stretches of time as people name them: ``last night``, ``at 3am``, ``between 14:00 and 15:00``. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ISO = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
_HOUR = r"(?:\d{1,2}:\d\d|\d{1,2} ?[ap]\.?m\.?\b|noon|midnight|\d{1,2} o'?clock)"
_FROM_TO = re.compile(
    rf"\b(?:between|from) +({_ISO}|{_HOUR}) +(?:and|to|until|till|-) +({_ISO}|{_HOUR})", re.IGNORECASE
)
_HOURS = re.compile(rf"({_HOUR}) *(?:-|to|until) *({_HOUR})", re.IGNORECASE)
_AT = re.compile(rf"\b(?:at|around|about|near|circa) *({_HOUR})|(?<![\d:.-])({_HOUR})(?![:\d])", re.IGNORECASE)
_STAMP = re.compile(_ISO)
_AGO = re.compile(
    r"\b(?:last|past|previous) +(\d+|few|two|three|couple of)? *(minute|hour|day|week|month)s?\b", re.IGNORECASE
)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_WORDS = {"few": 3, "two": 2, "three": 3, "couple of": 2}
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1),
          "week": timedelta(weeks=1), "month": timedelta(days=30)}  # fmt: skip
AROUND = timedelta(minutes=30)
"""How far a single time of day reaches to each side."""


class Window(NamedTuple):
    """From when, to when."""

    start: datetime
    end: datetime


def window(text: str, now: datetime) -> Window | None:
    """The stretch of time that a message names, in the zone of ``now``; None where it names none."""
    pair = _FROM_TO.search(text) or _HOURS.search(text)
    day = _day(text, now)
    if pair:
        start, end = (_moment(part, day or now.date(), now) for part in pair.groups())
        if start and end:
            end = end if end > start else end + timedelta(days=1)
            back = (
                timedelta(days=1) if day is None and start > now and len(pair[1]) < len("2026-03-01") else timedelta()
            )
            return Window(start - back, end - back)
    stamps = [_moment(found, now.date(), now) for found in _STAMP.findall(text)]
    at = _AT.search(_STAMP.sub(" ", text))
    if len(stamps) > 1 and stamps[0] and stamps[1]:
        return Window(min(stamps[0], stamps[1]), max(stamps[0], stamps[1]))
    if at:
        return _around(at, day, now)
    if stamps and stamps[0]:
        found = _STAMP.search(text)
        whole = found is not None and len(found[0]) == len("2026-03-01")
        if _SINCE.search(text):
            return Window(stamps[0], now)
        if whole:
            return Window(stamps[0], stamps[0] + timedelta(days=1))
        return Window(stamps[0] - AROUND, stamps[0] + AROUND)
    return _spoken(text, day, now)


def _around(at: re.Match[str], day: date | None, now: datetime) -> Window | None:
    hour = at[1] or at[2]
    moment = _moment(hour, day or now.date(), now)
    if moment is None:
        return None
    if day is None and moment > now:
        moment -= timedelta(days=1)  # a time of day that is still to come was yesterday's
    return Window(moment - AROUND, moment + AROUND)


def _spoken(text: str, day: date | None, now: datetime) -> Window | None:
    low = text.lower()
    today = _at(now.date(), time(), now)
    if "last night" in low or "tonight" in low or "over night" in low or "overnight" in low:
        begin = today - timedelta(hours=6)
        return Window(begin, min(now, begin + timedelta(hours=14)))
    if "this morning" in low:
        return Window(today, min(now, today + timedelta(hours=12)))
    ago = _AGO.search(text)
    if ago and (ago[1] or ago[2].lower() in {"minute", "hour", "day", "week", "month"}):
        many = int(ago[1]) if (ago[1] or "").isdigit() else _WORDS.get((ago[1] or "").lower(), 1)
        return Window(now - many * _UNITS[ago[2].lower()], now)
    if day is not None:
        begin = _at(day, time(), now)
        if _SINCE.search(text):
            return Window(begin, now)
        return Window(begin, min(now, begin + timedelta(days=1)))
    if "this week" in low:
        return Window(today - timedelta(days=now.weekday()), now)
    return None


def _day(text: str, now: datetime) -> date | None:
    """The day that a message names: today, yesterday, a weekday (the last one that was), or a date."""
    low = text.lower()
    found = re.search(r"\d{4}-\d\d-\d\d", low)
    if found:
        try:
            return date.fromisoformat(found[0])
        except ValueError:
            return None
    if "yesterday" in low:
        return now.date() - timedelta(days=1)
    if re.search(r"\btoday\b", low):
        return now.date()
    for number, name in enumerate(_DAYS):
        if re.search(rf"\b{name}\b", low):
            back = (now.weekday() - number) % 7 or 7
            return now.date() - timedelta(days=back)
    return None


def _moment(text: str, day: date, now: datetime) -> datetime | None:
    if _STAMP.fullmatch(text):
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            return None
        return when if when.tzinfo else when.replace(tzinfo=now.tzinfo)
    hour = _hour(text.lower())
    return None if hour is None else _at(day, hour, now)


def _hour(text: str) -> time | None:
    if text == "noon":
        return time(12)
    if text == "midnight":
        return time(0)
    found = re.match(r"(\d{1,2})(?::(\d\d))? ?([ap])?", text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _at(day: date, hour: time, now: datetime) -> datetime:
    return datetime.combine(day, hour, tzinfo=now.tzinfo)
