"""Normal forms of typed values: equal amounts of one sort are equal texts, however they are written."""

# ruff: noqa: E501, SIM905 -- the names of units and days read better in a row

from __future__ import annotations

import re

UNITS = {"ms": 0.001, "millisecond": 0.001, "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600,
          "hr": 3600, "hour": 3600, "day": 86400, "night": 86400, "week": 604800, "wk": 604800, "fortnight": 1209600,
          "month": 2592000, "quarter": 7776000, "year": 31536000, "yr": 31536000}  # fmt: skip
"""Seconds in each unit of time."""
EVERY = {"hourly": 3600, "daily": 86400, "nightly": 86400, "weekly": 604800, "biweekly": 1209600,
          "fortnightly": 1209600, "monthly": 2592000, "quarterly": 7776000, "yearly": 31536000,
          "annually": 31536000}  # fmt: skip
_SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
          " seventeen eighteen nineteen twenty").split()  # fmt: skip
NUMBERS = {word: n for n, word in enumerate(_SMALL)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "once": 1, "twice": 2, "thrice": 3, "dozen": 12, "half": 0.5, "double": 2, "triple": 3, "single": 1, "thousand": 1000,
}  # fmt: skip
RANKS = {word: n for n, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1)} | {
    "ground": 0}  # fmt: skip
DAYS = {day[:3]: day for day in "monday tuesday wednesday thursday friday saturday sunday".split()} | {
    "weekend": "weekend", "weekday": "weekday"}  # fmt: skip
MONTHS = {m[:3]: n for n, m in enumerate(
    "january february march april may june july august september october november december".split(), 1)}  # fmt: skip

TIME_UNIT = r"(?:milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?)"
DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
)


def amount_of(low: str) -> str:
    """A number in one form: ``1,200``, ``1.200``, ``1200`` and ``1.2k`` are equal, and so are ``two`` and ``2``."""
    digits = re.search(r"\d[\d.,]*", low)
    if not digits:
        parts = re.findall("[a-z]+", low)
        return f"{sum(NUMBERS.get(part, 0) for part in parts):g}"
    told = digits[0].rstrip(".,")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", told):
        told = re.sub("[.,]", "", told)
    told = told.replace(",", ".")
    try:
        number = float(told)
    except ValueError:
        return told
    thousands = low[digits.end() :].lstrip()[:1] == "k" and low[digits.end() :].lstrip()[1:2] not in {
        "b",
        "i",
        "g",
        "m",
        "w",
    }
    return f"{number * 1000 if thousands else number:.10g}"


def clock_of(low: str) -> str:
    """A time of day as ``HH:MM``; one that does not say so is before noon."""
    if low in {"noon", "midday"}:
        return "12:00"
    if low == "midnight":
        return "00:00"
    past = re.match(r"(\w+)\s+(past|to)\s+(\w+)", low)
    if past:
        minutes = {"quarter": 15, "half": 30}.get(past[1]) or int(NUMBERS[past[1]])
        hour = int(past[3]) if past[3].isdigit() else int(NUMBERS[past[3]])
        return f"{hour:02}:{minutes:02}" if past[2] == "past" else f"{hour - 1:02}:{60 - minutes:02}"
    parts = [int(part) for part in re.findall(r"\d+", low)]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else 0
    if re.search(r"p\.?m", low) and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}"


def date_of(low: str) -> str:
    """A date as month and day, or as it stands."""
    month = re.search(r"[a-z]{3,}", low.replace("th", "").replace("of", ""))
    if month and month[0][:3] in MONTHS:
        day = re.search(r"(?<!\d)\d{1,2}(?!\d)", low)
        return f"{MONTHS[month[0][:3]]}-{day[0].lstrip('0') if day else ''}"
    return low


def seconds_of(low: str) -> str:
    """A duration in seconds."""
    unit = re.search(r"([a-z]+)$", low)
    name = unit[1] if unit else ""
    size = UNITS.get(name) or UNITS.get(name.rstrip("s")) or 1
    count = 1.0 if re.match(r"an?\s", low) else float(amount_of(low) or 1)
    return f"{count * size:g}"


def interval_of(low: str) -> str:
    """How often, as the seconds between two times; for a weekday, its name."""
    low = low.replace("bi-", "bi")
    if low in EVERY:
        return str(EVERY[low])
    day = re.search(rf"\b{DAY}$", low)
    if day:
        return ("2x" if re.search("second|other", low) else "") + DAYS[day[0][:3]]
    unit = re.search(rf"({TIME_UNIT})$", low)
    size = UNITS.get(unit[1].rstrip("s"), 86400) if unit else 86400
    if low.startswith(("every", "each")):
        ranks = re.search("second|other|third|fourth", low.split(" ", 1)[1]) if unit and len(low.split()) > 2 else None
        times = {"second": 2.0, "other": 2.0, "third": 3.0, "fourth": 4.0}[ranks[0]] if ranks else 0.0
        return f"{size * (times or float(amount_of(low)) or 1):g}"
    return f"{size / (float(amount_of(low)) or 1):.6g}"
