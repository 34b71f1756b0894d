"""The candidates of one question in the order of their sessions, with what of the question each of them holds. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from memory.search import K1, B, words
from memory.search import rarity as of_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory.relevance.candidate import Candidate, Statistics
    from memory.relevance.question import Question

Column = list[float]
"""A number for each candidate."""
AROUND = (-2, -1, 1, 2)
"""The neighbours that a memory is read together with, by how many places away they stand."""
FEW = 50
"""Words are weighed as if there were so many memories at least: in a memory of a few, no word would be rare."""
_NOTHING: Mapping[str, int] = {}


class View:
    """The candidates in the order of their sessions, with what of the question each of them holds."""

    def __init__(self, question: Question, candidates: Sequence[Candidate], statistics: Statistics) -> None:
        self.question = question
        self.candidates = sorted(candidates, key=lambda c: (c.session, c.position, c.id))
        self.statistics = statistics
        self.named = self._named()
        held = {stem for name in self.named for stem in words(name)}
        self.stems = tuple(stem for stem in question.stems if stem not in held)
        self.rarity = {stem: rarity(statistics, statistics.holding.get(stem, 0)) for stem in self.stems}
        wanted = set(self.stems)
        self.hits: list[Mapping[str, int]] = [
            _NOTHING if wanted.isdisjoint(c.stems) else Counter(stem for stem in c.stems if stem in wanted)
            for c in self.candidates
        ]
        self.lengths = [len(candidate.stems) for candidate in self.candidates]
        self._places = {(c.session, c.position): at for at, c in enumerate(self.candidates) if c.session}
        self._steps: dict[int, list[int | None]] = {}
        self._together: dict[tuple[int, ...], list[list[int]]] = {}
        self.columns: dict[str, Column] = {}
        """Of the features computed so far."""

    def _named(self) -> frozenset[str]:
        """The speakers that the question names."""
        asked = set(self.question.stems)
        speakers = {candidate.who for candidate in self.candidates if candidate.who}
        return frozenset(who for who in speakers if (stems := words(who)) and asked.issuperset(stems))

    def near(self, step: int) -> list[int | None]:
        """For each candidate, where the one stands that comes so many places later in its session, if it is here."""
        if step not in self._steps:
            places = self._places
            found = [places.get((c.session, c.position + step)) for c in self.candidates]
            self._steps[step] = found
        return self._steps[step]

    def together(self, steps: tuple[int, ...]) -> list[list[int]]:
        """For each candidate, where it and those neighbours of its stand."""
        if steps not in self._together:
            found = [[at] for at in range(len(self.candidates))]
            for step in steps:
                for at, there in enumerate(self.near(step)):
                    if there is not None:
                        found[at].append(there)
            self._together[steps] = found
        return self._together[steps]

    def bm25(self, hits: Mapping[str, int], length: int, mean: float) -> float:
        """How well some words fit the question, ``mean`` being the usual length of such a view."""
        norm = K1 * (1 - B + B * length / (mean or 1.0))
        return sum(self.rarity[w] * n * (K1 + 1) / (n + norm) for w, n in hits.items())

    def around(self, steps: tuple[int, ...]) -> Column:
        """BM25 of each candidate read together with those neighbours."""
        mean = self.statistics.mean_length * (len(steps) + 1)
        scores = []
        for places in self.together(steps):
            held = [self.hits[place] for place in places if self.hits[place]]
            if not held:
                scores.append(0.0)
                continue
            hits = dict(held[0])
            for other in held[1:]:
                for stem, count in other.items():
                    hits[stem] = hits.get(stem, 0) + count
            scores.append(self.bm25(hits, sum([self.lengths[place] for place in places]), mean))
        return scores

    def cosines(self) -> Column:
        """The cosine of each candidate, 0 where it has none or points away."""
        return [max(candidate.cosine or 0.0, 0.0) for candidate in self.candidates]

    def best_coverage(self) -> float:
        """The most of the question that a memory holds with its neighbours up to two away, rare words counting more."""
        whole = sum(self.rarity.values()) or 1.0
        bits = {stem: 1 << n for n, stem in enumerate(self.stems)}
        masks = [sum([bits[stem] for stem in hits]) for hits in self.hits]
        seen = set()
        for places in self.together(AROUND):
            mask = 0
            for place in places:
                mask |= masks[place]
            seen.add(mask)
        return max(sum(self.rarity[s] for s in self.stems if mask & bits[s]) for mask in seen | {0}) / whole


def rarity(statistics: Statistics, holding: int) -> float:
    """Of what so many memories hold: high where they are few."""
    total = max(statistics.count, FEW)
    return of_words(total, holding)
