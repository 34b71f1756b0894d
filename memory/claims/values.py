"""The typed values in a sentence: numbers with their unit, times, days, dates, intervals, money, versions, addresses."""

# ruff: noqa: E501 -- a pattern is easier to follow with one sort of value a line

from __future__ import annotations

import re
from typing import NamedTuple

from memory.claims.amounts import (
    DAY,
    DAYS,
    EVERY,
    NUMBERS,
    RANKS,
    TIME_UNIT,
    amount_of,
    clock_of,
    date_of,
    interval_of,
    seconds_of,
)


class Value(NamedTuple):
    """A value as it stands in a text, with what makes two of them equal and what makes them comparable."""

    sort: str
    """``number``, ``money``, ``percent``, ``size``, ``duration``, ``interval``, ``time``, ``day``, ``date``, ``rank``,
    ``version`` or ``address``."""
    amount: str
    """The value in a form in which equal values are equal texts: 24 hours and one day are both ``86400``."""
    unit: str
    text: str
    start: int
    end: int


_NUM = r"\d+(?:[.,]\d{3})*(?:[.,]\d+)?"
_WORDNUM = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three|four|five|six|seven|eight|nine)"
    r"|"
    + "|".join(sorted((n for n in NUMBERS if n not in {"single", "half", "double", "triple"}), key=len, reverse=True))
    + r")"
)
_ANY = rf"(?:{_NUM}|{_WORDNUM})"
_SHORTUNIT = r"(?:s|m|h)"
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_SIZE = r"(?:[kmgt]i?b(?:it|yte)?s?(?:/s|ps)?|bytes?|g|kg|mg|grams?|kilos?|lbs?|pounds?|km|cm|mm|meters?|metres?|miles?|l|ml|lit(?:er|re)s?|watts?|k?w|kwh|degrees?|°c?|°f|px|dpi|fps|rpm|req/\w+|rps|qps|cores?|v?cpus?)"
_MONEY = r"(?:eur(?:os?)?|usd|dollars?|bucks?|pounds|gbp|chf|cents?|€|\$|£|quid|grand)"

_PATTERN = re.compile(
    rf"""
    (?<![A-Za-z0-9_])(?:
    (?P<address>(?<!\S)(?:~|\.{{1,2}})?/[\w.-]+(?:/[\w.-]+)*/?|https?://[^\s,;)]+|[\w.+-]+@[\w-]+\.[\w.-]*\w|\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+)?(?:/\d+)?
        |localhost(?::\d+)?|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|internal|local|lan|example|test|de|eu|uk|co|cloud|ai|sh)(?::\d+)?(?:/[^\s,;)]*)?)
    |(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})
    |(?P<phone>\d+(?:-\d+){{2,}}|\+?\d{{2,5}}(?:[- ]\d{{2,5}})+(?!\s*(?:days|hours|minutes)))
    |(?P<quarter>q[1-4](?:\s+\d{{4}})?\b)
    |(?P<clock>\d{{1,2}}[:h.]\d{{2}}(?:\s*[ap]\.?m\.?)?(?=[\s,;)!?.]|$)(?<!\.\d\d)|\d{{1,2}}:\d{{2}}|\d{{1,2}}\s*[ap]\.?m\b\.?|\d{{1,2}}\s*o'?clock|noon|midnight|midday
        |(?:quarter|half|five|ten|twenty)\s+(?:past|to)\s+(?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))
    |(?P<monthday>{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}\b(?:\s+\d{{4}})?)
    |(?P<money>[€$£]\s*{_NUM}\s*(?:k|m)?\b|{_NUM}\s*k?\s*{_MONEY}(?![a-z])|{_WORDNUM}\s+(?:euros?|dollars?|bucks?|pounds))
    |(?P<percent>{_ANY}\s*(?:%|percent\b|per\s+cent\b|pct\b))
    |(?P<interval>(?:every|each)\s+(?:(?:second|third|fourth|other|single)\s+|{_ANY}\s+)?(?:{TIME_UNIT}|{DAY}|morning|evening|afternoon)\b
        |(?:once|twice|thrice|{_ANY}\s*(?:x|times?))\s*(?:a|per|each|every|/)\s*(?:{TIME_UNIT})\b
        |hourly|daily|nightly|bi-?weekly|weekly|fortnightly|monthly|quarterly|yearly|annually)
    |(?P<duration>(?:{_ANY})[\s-]*{TIME_UNIT}\b|\d+{_SHORTUNIT}\b|an?\s+(?:hour|week|month|year|day|minute|fortnight)\b)
    |(?P<size>{_NUM}\s*{_SIZE}(?![a-z]))
    |(?P<version>v?\d+\.\d+\.\d+(?:[-.]?\w+)?|v\d+(?:\.\d+)*\b|\d+\.x\b)
    |(?P<dayth>\d{{1,2}}(?:st|nd|rd|th)\b(?:\s+of\s+(?:the|each|every)\s+month)?|(?:first|last|second)\s+(?:day\s+)?of\s+(?:the|each|every)\s+month)
    |(?P<rank>\b(?:{"|".join(RANKS)})(?=\s+(?:floor|grade|place|class|year|level|quarter|half|row|priority|choice|story|storey)\b))
    |(?P<weekday>{DAY}\b|weekends?\b|weekdays?\b)
    |(?P<relative>(?:today|tonight|tomorrow|yesterday)\b|(?:next|this|last)\s+(?:week|month|year|spring|summer|autumn|fall|winter|quarter)\b)
    |(?P<month>(?!may\b|mar\b){_MONTH}\b(?:\s+\d{{4}})?|(?<=\bin\s)may\b|(?<=\btill\s)may\b|(?<=\buntil\s)may\b|(?<=\bto\s)may\b)
    |(?P<number>{_NUM}k?\b|(?:{_WORDNUM}\b)(?!\s+(?:of\s+(?:us|them)|another)))
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_SOME = re.compile(
    r"\d|/|@|localhost|[a-z]\.[a-z]|\b(?:"
    + "|".join(
        [
            *NUMBERS,
            *RANKS,
            *EVERY,
            "every",
            "each",
            "noon",
            "mid(?:night|day)",
            "bi-?weekly",
            "an? (?:hour|week|month|year|day|minute|fortnight)",
            "half",
            "quarter",
            "today|tonight|tomorrow|yesterday|next|this|last|weekends?|weekdays?",
            DAY,
            _MONTH,
        ]
    )
    + r")\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[\w./@#-]$")
_AT = re.compile(r"\b(?:at|by|until|till|before|after|from)\s+$", re.IGNORECASE)
_IN_YEAR = re.compile(r"\b(?:in|since|until|till|by|from|of|before|after)\s+$", re.IGNORECASE)
_NAMED = re.compile(r"(?:\b[A-Z][\w+#]*|\bversion|\brelease)\s+$")
_COUNTED = re.compile(
    r"[\s-]+(?!(?:a|an|per|each|every|on|in|at|for|to|from|and|or|is|are|was|now|of|with|by|until|but|not|instead|because|again|as|since|if|when|only|max|min|anymore|please|the|this|next|x\w+|today|after|before|days?)\b)[a-z]{3,}",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"\b(?:the|this|that|new|old|which|each|every|no|any|another|other|last|next|right|wrong)\s+$", re.IGNORECASE
)


_UNIT_AHEAD = re.compile(
    rf"\s*(?:to|->|\u2192|-|\u2013)\s*{_ANY}\s*(?:(?P<duration>{TIME_UNIT})\b|(?P<size>{_SIZE})(?![a-z])|(?P<percent>%|percent\b)|(?P<money>{_MONEY})(?![a-z]))",
    re.IGNORECASE,
)


def values(text: str) -> list[Value]:
    """The typed values of a text, in order; they do not overlap."""
    found: list[Value] = []
    if not _SOME.search(text):
        return found
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        sort = match.lastgroup or ""
        if sort == "address" and text[start].isupper() and not re.search("[/:@]", match[0]):
            continue  # a brand such as Fly.io
        if start and _BEFORE.search(text[start - 1 : start]) and not re.search(r"\d-$", text[:start]):
            continue
        if end < len(text) and sort not in {"address", "money", "percent", "size"} and _inside_word(text, end):
            continue
        value = _typed(sort, match[0], text, start, end)
        shared = (
            _UNIT_AHEAD.match(text, end) if value is not None and value.sort == "number" and not value.unit else None
        )
        if shared and value is not None:
            value = (
                _typed(shared.lastgroup or "", f"{match[0]} {shared[shared.lastgroup or 0]}", text, start, end) or value
            )
        if value is not None:
            found.append(value)
    return found


def _inside_word(text: str, end: int) -> bool:
    """Whether what ends here is only the beginning of a word such as ``2fa`` or ``monorepo``."""
    return text[end].isalnum() or text[end] == "_" or (text[end] == "-" and text[end + 1 : end + 2].isalpha())


def _typed(sort: str, told: str, text: str, start: int, end: int) -> Value | None:
    """The value that was found as some sort; None for a *one* that is a pronoun."""
    low = told.casefold()
    if sort == "number":
        number = _number(low, text[:start], text[end:])
        return Value(*number, told, start, end) if number else None
    kind = {
        "address": ("address", low.rstrip(".")),
        "phone": ("number", re.sub(r"\D", "", low)),
        "rank": ("rank", str(RANKS.get(low, ""))),
        "version": ("version", low.removeprefix("v")),
    }.get(sort) or _measured(sort, low)
    unit = "phone" if sort == "phone" else re.sub(r"[\d.,\s]+", "", low) if sort == "size" else ""
    return Value(kind[0], kind[1], unit, told, start, end)


def _measured(sort: str, low: str) -> tuple[str, str]:
    """The sort and the amount of what is measured in time or in units."""
    if sort == "dayth":
        return "date", "-" + (re.sub(r"\D", "", low) or {"f": "1", "s": "2", "l": "31"}[low[0]])
    if sort == "clock":
        return "time", clock_of(low)
    if sort == "weekday":
        return "day", low.rstrip("s") if low.startswith("week") else DAYS.get(low[:3], low.rstrip("s"))
    if sort == "interval":
        return "interval", interval_of(low)
    if sort == "duration":
        return "duration", seconds_of(low)
    if sort in {"money", "percent", "size"}:
        return sort, amount_of(low)
    return "date", date_of(low)


def _number(low: str, before: str, after: str) -> tuple[str, str, str] | None:
    """What a bare number is by its neighbours: a version, an hour, a year, a count of things, or just a number."""
    if low == "one" and _NOT_ONE.search(before):
        return None
    if "." in low and _NAMED.search(before):
        return "version", low, ""
    amount = amount_of(low)
    hour = amount.isdigit() and int(amount) <= 24 and low[0].isdigit()
    if hour and _AT.search(before) and not re.match(r"\s+[a-z]{3,}", after):
        return "time", clock_of(low), "bare"
    if re.fullmatch(r"(?:19|20)\d\d", low) and _IN_YEAR.search(before):
        return "date", low, ""
    return "number", low if "." in low and "," not in low else amount, "count" if _COUNTED.match(after) else ""


_WHEN = frozenset({"day", "date", "time", "interval"})
_NUMERIC = frozenset({"number", "money", "percent", "size", "duration", "version", "rank"})


def comparable(one: Value, other: Value) -> float:
    """How far two values can be values of one thing: 1 for the same sort, less where one lacks a unit, else 0."""
    if (
        "bare" in {one.unit, other.unit}
        and "time" in {one.sort, other.sort}
        and {one.sort, other.sort} & (_NUMERIC - {"number"})
    ):
        return 0.6
    if "count" in {one.unit, other.unit} and one.unit != other.unit:
        return 0.6 if {one.sort, other.sort} <= {"number", "size"} else 0.2
    if one.sort == other.sort:
        if one.sort == "size" and _measure(one.unit) != _measure(other.unit):
            return 0.3
        return 0.5 if (one.unit == "phone") != (other.unit == "phone") else 1.0
    pair = {one.sort, other.sort}
    if pair == {"day", "date"}:
        return 0.9
    if pair in ({"day", "interval"}, {"duration", "interval"}, {"number", "time"}):
        return 0.7
    if "number" in pair and pair <= _NUMERIC:
        return 0.8
    return 0.2 if pair <= _WHEN else 0.0


def _measure(unit: str) -> str:
    """What a unit measures, roughly: bytes, weight, length, temperature, or the unit itself."""
    for name, units in (("bytes", r"[kmgt]?i?b(?:ytes?|its?|ps)?(?:/s)?"), ("weight", r"m?g|kg|grams?|kilos?|lbs?|pounds?"),
                        ("length", r"km|[cm]m|met(?:er|re)s?|miles?"), ("degrees", r"degrees?|°[cf]?")):  # fmt: skip
        if re.fullmatch(units, unit):
            return name
    return unit
