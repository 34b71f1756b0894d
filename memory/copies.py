"""Which texts say the same, and which only give back what was shown. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from memory.item import plain_words, same_words
from memory.questions import ASKING
from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LETTER = re.compile(r"(?<=\S )[A-Z]\b")
"""A letter that names something: *vault B*."""
NEAR = 0.8
"""The share of words from which on a text that adds nothing but words to another counts as a copy of it."""
NEGATIONS = frozenset(
    ("not", "no", "never", "without", "none", "nor", "dont", "doesnt", "didnt", "cant", "cannot", "wont", "isnt",
     "arent", "shouldnt")
)  # fmt: skip


def near(one: str, other: str) -> bool:
    """Whether two texts say the same but for a few words that one of them adds; numbers and negations must agree."""
    left, right = set(_content(one)), set(_content(other))
    if not left or not right:
        return same_words(one, other)
    if not (left <= right or right <= left):
        return False
    added = left ^ right
    if any(word in NEGATIONS or len(word) == 1 or any(c.isdigit() for c in word) for word in added):
        return False
    if _LETTER.findall(one) != _LETTER.findall(other):
        return False
    return len(left & right) / len(left | right) >= NEAR


def is_echo(text: str, shown: Iterable[str]) -> bool:
    """Whether a text says only what was shown: the same words, a passage of it, or nothing left beside it.

    What recall put in front of somebody is no news when it comes back. A text that adds a word, a number or a *not*
    to what was shown is news.
    """
    said = _content(text)
    every = sorted((_content(one) for one in shown), key=len, reverse=True)
    if not said:
        return False
    echoed = False
    for run in every:
        if _at(said, run) is not None and not NEGATIONS & (set(run) - set(said)):
            return True
        at = _at(run, said)
        if run and at is not None:
            said, echoed = said[:at] + said[at + len(run) :], True
    return echoed and all(word in ASKING for word in said)


def _at(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Where a row of words stands within another."""
    places = range(len(whole) - len(part) + 1)
    return next((at for at in places if list(whole[at : at + len(part)]) == list(part)), None)


@lru_cache(maxsize=1 << 12)
def _content(text: str) -> tuple[str, ...]:
    """The stems of a text in order, filling words left out and negations kept."""
    return tuple(raw if raw in NEGATIONS else words(raw)[0] for raw in _raw(text) if raw in NEGATIONS or words(raw))


def _raw(text: str) -> list[str]:
    return plain_words(text.replace("'", ""))
