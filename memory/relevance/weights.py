"""How much each feature counts, by kind of memory and by what embeds it, and how a sum becomes a chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.relevance.fitted import NOTE, TURN

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic function from what is known of a memory and its question to a chance, 0 to 1."""

    base: float
    score: float = 0.0
    """For the weighted sum of features."""
    share: float = 0.0
    """For the logarithm of its share in the exponentials of all sums: how far it stands out."""
    coverage: float = 0.0
    """For the most of the question that any memory with its neighbours holds."""
    cosine: float = 0.0
    """For the best cosine."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one kind of memory, with one embedder or none."""

    features: Mapping[str, float]
    calibration: Calibration


NO_EMBEDDER = "none"
_BY_HAND = {"with neighbours": 0.3, "speaker": 0.5, "month": 0.7, "day": 0.7}
"""What a note may have and no fact that was fitted on has; small, so that it orders notes that fit about as well."""
_CODE = {
    NO_EMBEDDER: Weights({"own words": 1.0, "coverage": 4.2}, Calibration(-3.2, score=1.0)),
    "minilm": Weights({"own words": 0.3, "coverage": 0.8, "cosine": 4.0}, Calibration(-6.5, score=1.0, cosine=4.0)),
}
WEIGHTS: Mapping[str, Mapping[str, Weights]] = {
    "turn": {name: Weights(w, Calibration(**c)) for name, (w, c) in TURN.items()},
    "note": {name: Weights(w | _BY_HAND, Calibration(**c)) for name, (w, c) in NOTE.items()},
    "code": _CODE,
}
"""By kind, then by embedder. Those of turns and notes are fitted (``benchmarks.locomo --fit``, notes on the data set's
observations); those of code are set by hand."""


def family(kind: str) -> str:
    """Under which name the weights of a kind of memory stand: what is neither a turn nor code counts as a note."""
    return kind if kind in WEIGHTS else "note"


def weights(kind: str, embedder: str) -> Weights:
    """The weights of a kind; of an embedder that nothing was fitted for the cosine is left out."""
    known = WEIGHTS[family(kind)]
    return known.get(embedder, known[NO_EMBEDDER])
