"""How well a sentence that stands by itself answers some words: what share of them it holds, rare ones counting more.

The score is the share of the question's weight that the item holds, where a word weighs as BM25 has it (Robertson and
Zaragoza, 2009) and one that means nearly the same counts in part. Pure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.search import rarity, words
from memory.thesaurus import akin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_WORDS = 6
"""Of a longer question only as many words, the rarest, are asked of an item: nothing would hold most of a long text."""
FEW = 50
"""Words are weighed as if there were so many items at least: in a memory of one, no word would be rare."""
AKIN = 0.6
"""What a word of the same meaning counts."""
COMMON = frozenset(
    words(
        # of notes about software
        "code file function class method module line test use used using make made change new old work project fix set"
        # of English: what stands in every third question, whatever it is about
        " go going gone went come came put take took taken want wanted need needed look looking see seen try tried find"
        " found get got give gave given keep kept let start started begin began stop end ended happen mean seem feel"
        " become leave left call called run move moved turn show help ask answer talk speak hear wait bring hold become"
        " stay live plan think know do done doing thing way people person somebody anybody everyone someone anyone"
        " everybody nobody man place part number lot bit kind sort sure really actually still again always never often"
        " sometimes ever yet already soon today tomorrow now currently usual usually normally anymore good bad great"
        " big small little long short high low fast quick easy hard right left same different other another many much"
        " more most few less own first last next early late full whole main day time week month year hour minute"
        " morning evening night back away home out off up down over under around else about exactly current right"
        " allowed able possible ready going supposed best better fine ok please thanks maybe just only even also both"
    )
)
"""Stems of words that stand in so many notes or questions that one of them tells little: they count in part."""
OF_COMMON = 0.4
"""What such a word counts."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well an item answers, 0 to 1, and which words of the question it holds."""

    score: float
    held: tuple[str, ...]
    akin: tuple[str, ...]
    weights: Mapping[str, float]
    """What each of those weighs here."""
    sure: bool = False
    """Whether a word of the question speaks for it, or two that are like words of it: only such a one is an answer."""


class Matcher:
    """A question, ready to be held against items."""

    def __init__(self, stems: Sequence[str], items: int, having: Mapping[str, int]) -> None:
        count = max(items, FEW)
        self._weights = {stem: _weight(stem, count, having.get(stem, 0)) for stem in stems}
        self._whole = sum(sorted(self._weights.values(), reverse=True)[:MOST_WORDS])
        self._akin = {stem: akin(stem) for stem in stems}

    def match(self, stems: Sequence[str]) -> Match:
        """How well an item with these stems answers."""
        if not self._whole:
            return Match(0.0, (), (), {})
        own = set(stems)
        held = tuple(stem for stem in self._weights if stem in own)
        like = tuple(stem for stem in self._weights if stem not in own and not own.isdisjoint(self._akin[stem]))
        weights = {s: self._weights[s] for s in held} | {s: AKIN * self._weights[s] for s in like}
        sure = bool(held) or len(like) > 1
        return Match(min(1.0, math.fsum(weights.values()) / self._whole), held, like, weights, sure)


def _weight(stem: str, count: int, having: int) -> float:
    rare = rarity(count, having)
    return OF_COMMON * rare if stem in COMMON else rare
