"""Requests on CLINC150 with ten examples an intent: the right one found, and what is nobody's work told apart."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.orchestrator.classifier import fit
from nova.orchestrator.router import Thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nova.orchestrator.classifier import Embedder, Told

EXAMPLES = 10
Labelled = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Intents:
    """The parts of the data set: requests with their intent, and requests that have none."""

    train: Labelled
    test: Labelled
    outside: Labelled

    def drawn(self, seed: int) -> dict[str, list[str]]:
        """Examples of every intent."""
        by_intent: dict[str, list[str]] = {}
        for text, intent in self.train:
            by_intent.setdefault(intent, []).append(text)
        draw = random.Random(seed)  # noqa: S311 -- a draw, no secret
        return {intent: draw.sample(texts, EXAMPLES) for intent, texts in sorted(by_intent.items())}


@dataclass(frozen=True, slots=True)
class Score:
    """How well one draw of examples did."""

    accuracy: float
    auroc: float
    """Of what is in scope against what is not, by how well the best intent fits."""
    answered: float
    """Share of requests in scope that the usual thresholds let through."""
    accuracy_answered: float
    refused: float
    """Share of requests out of scope that they do not."""
    milliseconds: float


def read(file: Path, *, validation: bool = False) -> Intents:
    """The data set from ``data_full.json``; for choosing anything, its validation part in place of the test part."""
    told = json.loads(file.read_text("utf-8"))
    test, outside = ("val", "oos_val") if validation else ("test", "oos_test")
    return Intents(*([(text, intent) for text, intent in told[part]] for part in ("train", test, outside)))


def score(intents: Intents, seed: int, embedder: Embedder | None = None) -> Score:
    """One draw."""
    model = fit(intents.drawn(seed), embedder)
    begin = time.process_time()
    inside = [model.told(text) for text, _ in intents.test]
    spent = time.process_time() - begin
    outside = [model.told(text) for text, _ in intents.outside]
    right = [told.best(1)[0][0] == intent for told, (_, intent) in zip(inside, intents.test, strict=True)]
    passed = [_passes(told) for told in inside]
    return Score(
        sum(right) / len(right),
        auroc([_fit(told) for told in inside], [_fit(told) for told in outside]),
        sum(passed) / len(passed),
        sum(r for r, p in zip(right, passed, strict=True) if p) / max(sum(passed), 1),
        1 - sum(map(_passes, outside)) / max(len(outside), 1),
        1000 * spent / max(len(inside), 1),
    )


def _fit(told: Told) -> float:
    return max(told.familiar.values())


def _passes(told: Told) -> bool:
    limits = Thresholds()
    name, chance = told.best(1)[0]
    return chance >= limits.chance and told.familiar[name] >= limits.familiar


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """How often one of the first is above one of the second; equal counts as half."""
    ranked = sorted([(value, True) for value in higher] + [(value, False) for value in lower])
    below = won = 0.0
    at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        ups = sum(1 for _, up in ranked[at:end] if up)
        downs = end - at - ups
        won += ups * (below + downs / 2)
        below += downs
        at = end
    return won / (len(higher) * len(lower))
