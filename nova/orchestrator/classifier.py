"""Which agent a request sounds like: fitted by scikit-learn once, asked in plain Python from then on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import exp, isfinite
from typing import TYPE_CHECKING, Any, Protocol

from nova.orchestrator.features import plain, vector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CERTAIN = 0.99
"""The chance of the agent that a person has said is right for these very words."""


class Embedder(Protocol):
    """Turns texts into vectors of length one; texts that mean the same lie near each other."""

    @property
    def name(self) -> str:
        """Which it is, and its version: a model fitted with another is of no use."""
        ...

    @property
    def scale(self) -> float:
        """How much its view counts beside that of the words and of the runs of characters, which count one each."""
        ...

    def embed(self, texts: Sequence[str]) -> Any:
        """One row a text, as a numpy array."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What the classifier makes of one request."""

    chances: Mapping[str, float]
    """Of each agent, calibrated; they add up to one."""
    familiar: Mapping[str, float]
    """How well the request fits each agent's examples: 0 as a request that is its work usually does, in standard
    deviations. Unlike a chance it is low for all of them where a request is nobody's work."""

    def best(self, number: int = 3) -> tuple[tuple[str, float], ...]:
        """The likeliest agents with their chances, the first first."""
        return tuple(sorted(self.chances.items(), key=lambda pair: (-pair[1], pair[0]))[:number])


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted classifier. ``weights`` has one number an agent for every word and run of characters it knows."""

    labels: tuple[str, ...]
    rare: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, Sequence[float]] = field(default_factory=dict)
    bias: Sequence[float] = ()
    dense: Sequence[Sequence[float]] = ()
    """One row an agent, for what the embedder gives; empty without one."""
    temperature: float = 1.0
    usual: float = 0.0
    spread: float = 1.0
    """Mean and deviation of what examples reached that were held back from the fit."""
    settled: Mapping[str, str] = field(default_factory=dict)
    """Requests, in plain form, of which a person has said whose they are."""
    embedder: Embedder | None = None

    def logits(self, text: str) -> list[float]:
        """What speaks for each agent, in the order of ``labels``; before calibration."""
        total = list(self.bias)
        for gram, weight in vector(text, self.rare).items():
            row = self.weights[gram]
            total = [have + weight * more for have, more in zip(total, row, strict=True)]
        if self.dense and self.embedder is not None:
            seen = self.embedder.embed([plain(text)])[0].tolist()
            more_of = [sum(map(float.__mul__, row, seen)) for row in self.dense]
            total = [have + more for have, more in zip(total, more_of, strict=True)]
        return total

    def told(self, text: str) -> Told:
        """Everything about one request."""
        logits = self.logits(text)
        chance = dict(zip(self.labels, softmax(logits, self.temperature), strict=True))
        familiar = {name: (logit - self.usual) / self.spread for name, logit in zip(self.labels, logits, strict=True)}
        right = self.settled.get(plain(text)) if self.settled else None
        if right in chance:
            rest = sum(value for name, value in chance.items() if name != right) or 1.0
            chance = {name: (1 - CERTAIN) * value / rest for name, value in chance.items()} | {right: CERTAIN}
            familiar[right] = max(0.0, *familiar.values())
        return Told(chance, familiar)

    def scores(self, text: str) -> dict[str, float]:
        """The calibrated chance of each agent; they add up to one."""
        return dict(self.told(text).chances)


def softmax(logits: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Chances that add up to one."""
    if not logits:
        return []
    top = max(logits)
    grown = [exp((value - top) / temperature) for value in logits]
    whole = sum(grown)
    return [value / whole for value in grown]


def fit(
    examples: Mapping[str, Sequence[str]],
    embedder: Embedder | None = None,
    settled: Mapping[str, str] | None = None,
) -> Model:
    """Learn from each agent's examples; ``settled`` are requests of which a person has said whose they are."""
    from nova.orchestrator.fitting import fitted

    known = {name: list(texts) for name, texts in examples.items()}
    for text, name in (settled or {}).items():
        known.setdefault(name, []).append(text)
    model = fitted({name: texts for name, texts in sorted(known.items()) if texts}, embedder)
    return replace(model, settled={plain(text): name for text, name in (settled or {}).items()})


def as_data(model: Model) -> dict[str, Any]:
    """A model as JSON holds it."""
    return {
        "labels": list(model.labels), "rare": dict(model.rare), "bias": list(model.bias),
        "weights": {gram: list(row) for gram, row in model.weights.items()},
        "dense": [list(row) for row in model.dense], "temperature": model.temperature, "usual": model.usual,
        "spread": model.spread, "settled": dict(model.settled),
    }  # fmt: skip


def from_data(data: Any, embedder: Embedder | None = None) -> Model:
    """A model from what ``as_data`` gave. Raises ``ValueError`` for anything else."""
    try:
        model = Model(
            tuple(data["labels"]), data["rare"], data["weights"], data["bias"], data["dense"],
            float(data["temperature"]), float(data["usual"]), float(data["spread"]), data["settled"], embedder,
        )  # fmt: skip
        number = len(model.labels)
        whole = (
            len(model.bias) == number
            and all(len(row) == number and all(map(isfinite, row)) for row in model.weights.values())
            and model.rare.keys() == model.weights.keys()
            and len(model.dense) in {0, number}
            and model.temperature > 0
            and model.spread > 0
            and all(map(isfinite, (*model.bias, model.usual, model.temperature, model.spread)))
            and set(model.settled.values()) <= set(model.labels)
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"not a fitted model: {error}") from error
    if not whole:
        raise ValueError("not a fitted model: its parts do not fit together")
    return model
