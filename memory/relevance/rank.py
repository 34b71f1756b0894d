"""The ranking: a weighted sum of features by kind of memory, turned into a chance, with the reasons in words. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.relevance.features import column, in_month
from memory.relevance.view import AROUND, View
from memory.relevance.weights import NO_EMBEDDER, family
from memory.relevance.weights import weights as weights_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory.relevance.candidate import Candidate, Statistics
    from memory.relevance.question import Question
    from memory.relevance.view import Column
    from memory.relevance.weights import Calibration, Weights

PRICE = 0.0002
"""What a token costs, in chance: where ten places cost too much, a long memory with little chance gives way."""
CLOSE = 0.5
"""The cosine from which on a memory is called close in meaning."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A memory, its chance to be what answers the question (0 to 1), and why."""

    id: str
    score: float
    why: str
    tokens: int = 0


def rank(
    question: Question,
    candidates: Sequence[Candidate],
    statistics: Statistics,
    embedder: str = NO_EMBEDDER,
    most: int = 50,
) -> list[Scored]:
    """So many of the candidates at most, the likeliest first, equals by id.

    Nothing comes back where the question shares no word with any candidate and there is no embedder.
    """
    by_family: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_family[family(candidate.kind)].append(candidate)
    found: list[Scored] = []
    for name, members in sorted(by_family.items()):
        found += _ranked(View(question, members, statistics), weights_of(name, embedder), most)
    return sorted(found, key=lambda scored: (-scored.score, scored.id))[:most]


def worth(scored: Sequence[Scored], most: int = 10, price: float = PRICE) -> list[Scored]:
    """At most so many of a ranking, chosen by chance less the price of their tokens, in the order of their chance."""
    chosen = sorted(scored, key=lambda s: (price * s.tokens - s.score, s.id))[:most]
    return sorted(chosen, key=lambda s: (-s.score, s.id))


def sums(view: View, features: Mapping[str, float]) -> Column:
    """The weighted sum of the features of each candidate of the view."""
    total = [0.0] * len(view.candidates)
    for name, weight in features.items():
        total = [so_far + weight * value for so_far, value in zip(total, column(view, name), strict=True)]
    return total


def signals(view: View, total: Column) -> list[tuple[float, float, float, float]]:
    """What a chance is computed from, for each candidate: sum, log share, best coverage, best cosine."""
    top = max(total)
    log_all = top + math.log(sum(math.exp(value - top) for value in total))
    coverage, cosine = view.best_coverage(), max(view.cosines())
    return [(value, value - log_all, coverage, cosine) for value in total]


def _ranked(view: View, weights: Weights, most: int) -> list[Scored]:
    cosines = view.cosines() if "cosine" in weights.features else []
    if not any(view.hits) and not any(cosines):
        return []
    told = signals(view, sums(view, weights.features))
    scores = [_chance(weights.calibration, one) for one in told]
    best = sorted((-score, view.candidates[at].id, at) for at, score in enumerate(scores))[:most]
    return [Scored(id_, -less, _why(view, at, cosines), view.candidates[at].tokens) for less, id_, at in best]


def _chance(calibration: Calibration, told: tuple[float, float, float, float]) -> float:
    c = calibration
    score, share, coverage, cosine = told
    at = c.base + c.score * score + c.share * share + c.coverage * coverage + c.cosine * cosine
    return 1 / (1 + math.exp(-at)) if at > -700 else 0.0


def _why(view: View, at: int, cosines: Column) -> str:
    candidate, surface = view.candidates[at], view.question.surface
    reasons = []
    own = [surface.get(w, w) for w in view.stems if w in view.hits[at]]
    if own:
        reasons.append("holds " + ", ".join(own))
    near = {stem for place in view.together(AROUND)[at] for stem in view.hits[place]}
    around = [surface.get(w, w) for w in view.stems if w in near and w not in view.hits[at]]
    if around:
        reasons.append("stands beside " + ", ".join(around))
    if candidate.who in view.named:
        reasons.append(f"said by {candidate.who}")
    if in_month(view.question, candidate.when) == 1.0:
        reasons.append(f"of {candidate.when[:10]}")
    if cosines and cosines[at] >= CLOSE:
        reasons.append("close in meaning")
    return "; ".join(reasons) or "its conversation fits"
