"""A question as the ranking reads it: its stems, whether it asks for a time, and which dates it names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)
_VERB_TOO = re.compile(r"\b(?:may|march)\b")
"""Months that are other words too, unless they are written with a capital."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_WHEN = re.compile(
    r"\bwhen\b|\bhow long\b|^(?:in |on |since )?(?:what|which) (?:year|month|date|day|time|week)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    stems: tuple[str, ...]
    """Each once, in the order of the question; ``memory.search.words`` of its text."""
    surface: Mapping[str, str]
    """The word of the question that each stem was made from."""
    when: bool
    """Whether a time is asked for."""
    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    """Days of the month; empty where no month is named, as a number is mostly no day."""


def question(text: str) -> Question:
    """A question read from its text."""
    surface: dict[str, str] = {}
    for found in _WORD.finditer(text):
        for stem in words(found[0]):
            surface.setdefault(stem, found[0])
    years, months, days = _dates(text)
    stems = tuple(dict.fromkeys(words(text)))
    return Question(stems, surface, bool(_WHEN.search(text.strip())), years, months, days)


def _dates(text: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    iso = [tuple(map(int, found.groups())) for found in _ISO.finditer(text)]
    rest = _ISO.sub(" ", text)
    months = {MONTHS.index(found[1].lower()) + 1 for found in _MONTH.finditer(_VERB_TOO.sub(" ", rest))}
    months |= {month for _, month, _ in iso if 1 <= month <= 12}
    years = {int(year) for year in _YEAR.findall(rest)} | {year for year, _, _ in iso}
    days = {int(day) for day in _DAY.findall(rest) if 1 <= int(day) <= 31} | {day for _, _, day in iso}
    return frozenset(years), frozenset(months), frozenset(days if months else ())
