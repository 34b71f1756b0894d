"""A text as weighted words and runs of characters: what the router's floor sees, in plain Python alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 1_000
"""How many characters of a request are looked at: what it wants is said at its beginning or its end."""
SHORTEST_RUN, LONGEST_RUN = 2, 5
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?|/[a-z]+")
_SPACE = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The text in one form: compatibility characters folded, no case, single spaces, of bounded length."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.replace("\0", " ").split())


def words(text: str) -> list[str]:
    """The words of a plain text."""
    return _WORD.findall(text)


def grams(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often a text has each word and pair of words, and each run of characters inside its words."""
    clean = plain(text)
    found = words(clean)
    pairs = Counter(f"w {word}" for word in found)
    pairs.update(f"w {one} {other}" for one, other in pairwise(found))
    runs: Counter[str] = Counter()
    for word in _SPACE.sub(" ", clean).split():
        padded = f" {word} "
        for length in range(SHORTEST_RUN, LONGEST_RUN + 1):
            runs.update("c" + padded[at : at + length] for at in range(len(padded) - length + 1))
    return pairs, runs


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """The inverse document frequency, smoothed, of everything that the texts have."""
    seen: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        for block in grams(text):
            seen.update(block.keys())
    return {gram: log((1 + total) / (1 + number)) + 1 for gram, number in seen.items()}


def vector(text: str, rare: Mapping[str, float]) -> dict[str, float]:
    """A text's weights: words and runs each of length one, so that a long word does not outweigh a telling one."""
    weighed: dict[str, float] = {}
    for block in grams(text):
        known = {gram: (1 + log(number)) * rare[gram] for gram, number in block.items() if gram in rare}
        size = sqrt(sum(weight * weight for weight in known.values()))
        weighed.update((gram, weight / size) for gram, weight in known.items())
    return weighed
