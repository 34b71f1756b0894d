"""Days as people write them: ISO 8601, month names, today and yesterday. Pure; what could be two days is none."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
"""The number of a month by its name, lower case."""
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_ISO = re.compile(rf"{_WEEKDAY}{_YEAR}([-/_.])(?P<month>\d{{2}})\2(?P<day>\d{{2}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}(?P<name>{_MONTH})\s+{_NTH}(?!\d)(?:,?\s+{_YEAR})?", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}{_NTH}\s+(?:of\s+)?(?P<name>{_MONTH})(?!\w)(?:,?\s+{_YEAR})?", re.IGNORECASE)
_FORMS = (_ISO, _MONTH_FIRST, _DAY_FIRST)
_WHOLE_MONTH = re.compile(rf"(?:{_YEAR}-(?P<month>\d{{2}})|(?P<name>{_MONTH})\s+(?P<year2>\d{{4}}))$", re.IGNORECASE)
_LEAD = re.compile(r"\s*(?::|-|\u2013|\u2014|\||\))?\s+|\s*[:)\]]\s*")
_COMPACT = re.compile(r"\d{8}$")
RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}


def day(text: str, today: date | None = None, *, ahead: bool = False) -> date | None:
    """The day that a text is, and nothing else in it; None where it is none.

    With ``today``, words such as ``yesterday`` count, and a month's day without a year is the last one before, or with
    ``ahead`` the next one.
    """
    bare = text.strip().strip("[]").strip()
    if today is not None and bare.casefold() in RELATIVE:
        return today + timedelta(RELATIVE[bare.casefold()])
    for form in _FORMS:
        found = form.fullmatch(bare)
        if found:
            return _made(found, today, ahead=ahead)
    return None


def month(text: str) -> str | None:
    """The month that a text is, as ``2026-10``; None where it is none."""
    found = _WHOLE_MONTH.match(text.strip())
    if found is None:
        return None
    number = MONTHS[found["name"].rstrip(".").casefold()] if found["name"] else int(found["month"])
    year = int(found["year"] or found["year2"])
    return f"{year:04}-{number:02}" if 1 <= number <= 12 and year else None


def last_of(name: str) -> str:
    """The last day of a month that is written as ``2026-10``."""
    year, number = map(int, name.split("-"))
    return f"{name}-{calendar.monthrange(year, number)[1]:02}"


def leading(text: str) -> tuple[date | None, str]:
    """The day that a text begins with, set off from the rest, and the rest; None and the text where there is none.

    Only a day with its year counts, and something must follow.
    """
    bare = text.lstrip()
    bracket = bare[:1] == "["
    bare = bare[1:] if bracket else bare
    for form in _FORMS:
        found = form.match(bare)
        if found is None or found["year"] is None:
            continue
        rest = bare[found.end() :]
        if bracket:
            if not rest.startswith("]"):
                continue
            rest = " " + rest[1:].lstrip()
        told = _LEAD.match(rest)
        made = _made(found, None)
        if told is not None and made is not None and rest[told.end() :].strip():
            return made, rest[told.end() :]
    return None, text


def of_name(stem: str) -> date | None:
    """The day that the name of a file begins with, such as ``2026-10-05``, ``2026_10_05 standup`` or ``20261005``."""
    if _COMPACT.match(stem):
        stem = f"{stem[:4]}-{stem[4:6]}-{stem[6:]}"
    found = _ISO.match(stem)
    return _made(found, None) if found and not stem[found.end() : found.end() + 1].isalnum() else None


def after(text: str, word: str, today: date, *, ahead: bool) -> date | None:
    """The day that follows a word such as ``until`` in a sentence, where it is a day and nothing less plain."""
    for found in re.finditer(rf"\b{word}\s+(?:the\s+)?", text, re.IGNORECASE):
        for form in _FORMS:
            told = form.match(text, found.end())
            if told and not text[told.end() : told.end() + 1].isalnum():
                return _made(told, today, ahead=ahead)
    return None


def _made(found: re.Match[str], today: date | None, *, ahead: bool = False) -> date | None:
    parts = found.groupdict()
    number = int(parts["month"]) if parts.get("month") else MONTHS[parts["name"].rstrip(".").casefold()]
    the_day = int(parts["day"])
    if parts["year"]:
        return _exact(int(parts["year"]), number, the_day)
    if today is None:
        return None
    near = [_exact(today.year + step, number, the_day) for step in ((0, 1, 2, 3, 4) if ahead else (0, -1, -2, -3, -4))]
    return next((one for one in near if one and (one >= today if ahead else one <= today)), None)


def _exact(year: int, number: int, the_day: int) -> date | None:
    try:
        return date(year, number, the_day)
    except ValueError:
        return None
