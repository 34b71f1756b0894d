"""Handoffs on the schema-guided dialogues: the share of turns after which the right service has the floor.

An agent is a service's trade: Hotels_2 and Hotels_4 do the same work and are one, the four of Services are four. Its
examples are sentences of people from the train split that ask it for something, and its own descriptions in the schema.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nova.orchestrator import staying
from nova.orchestrator.classifier import Told, fit
from nova.orchestrator.router import Floor, Thresholds, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nova.orchestrator.classifier import Model

SEED = 1
EXAMPLES = 100
LEARNT_FROM = 1_500
"""Dialogues of the train split that the weights are learnt from; none of them gives an example."""
MARGINS = (-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5)
MOST_SPURIOUS = 9.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person says, and whose turn it then is."""

    text: str
    right: str
    asks: bool
    """Whether something is asked for that was not asked for before."""


Dialogue = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How a run over many dialogues went."""

    dialogues: int
    turns: int
    right: int
    stays: int
    spurious: int
    """Stays in which the floor moved to an agent that is wrong."""
    moved: int
    """Stays in which the floor moved at all: also back to the right one."""
    switches: int
    followed: int

    @property
    def share(self) -> float:
        """Of turns, with the right agent at work."""
        return self.right / max(self.turns, 1)

    @property
    def per_hundred(self) -> float:
        """Spurious handoffs in a hundred stays."""
        return 100 * self.spurious / max(self.stays, 1)


class Heard:
    """A classifier that hears each sentence once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._told: dict[str, Told] = {}

    def told(self, text: str) -> Told:
        """As the model has it."""
        if text not in self._told:
            self._told[text] = self._model.told(text)
        return self._told[text]


@dataclass(frozen=True, slots=True)
class Scope:
    """An agent of the dialogues has no triggers."""

    triggers: tuple[str, ...] = ()


def dialogues(split: Path) -> list[Dialogue]:
    """The dialogues of a split. The right service of a turn is the one that answers it."""
    found = []
    for file in sorted(split.glob("dialogues_*.json")):
        for told in json.loads(file.read_text("utf-8")):
            pairs = zip(told["turns"][::2], told["turns"][1::2], strict=False)
            found.append(tuple(_turn(said, answer) for said, answer in pairs))
    return found


def _turn(said: dict[str, list[dict[str, object]]], answer: dict[str, list[dict[str, str]]]) -> Turn:
    service = answer["frames"][0]["service"]
    acts = [act for frame in said["frames"] if frame["service"] == service for act in frame["actions"]]  # type: ignore[attr-defined]
    return Turn(str(said["utterance"]), trade(service), any(act["act"] == "INFORM_INTENT" for act in acts))


def trade(service: str) -> str:
    """What a service does, by its name."""
    kind, _, _ = service.rpartition("_")
    return service if kind == "Services" else kind


def switching(many: Iterable[Dialogue]) -> list[Dialogue]:
    """Those in which the right agent changes."""
    return [one for one in many if len({turn.right for turn in one}) > 1]


class Examples:
    """The examples of agents, from one half of the train split; the other half is for learning when to stay."""

    def __init__(self, train: Sequence[Dialogue]) -> None:
        self._asked: dict[str, set[str]] = {}
        for one in train[::2]:
            for turn in one:
                if turn.asks:
                    self._asked.setdefault(turn.right, set()).add(turn.text)

    def known(self, one: Dialogue) -> bool:
        """Whether people of the train split ask for all that this dialogue is about."""
        return all(turn.right in self._asked for turn in one)

    def of(self, names: Iterable[str], schema: Path) -> dict[str, list[str]]:
        """A drawn number for each agent, with what the schema says of it."""
        says: dict[str, list[str]] = {}
        for service in json.loads(schema.read_text("utf-8")):
            own = [service["description"], *(intent["description"] for intent in service["intents"])]
            says.setdefault(trade(service["service_name"]), []).extend(own)
        found = {}
        for name in sorted(names):
            asked = sorted(self._asked.get(name, ()))
            draw = random.Random(f"{SEED} {name}")  # noqa: S311 -- no secret
            drawn = draw.sample(asked, min(EXAMPLES, len(asked)))
            found[name] = says.get(name, []) + drawn
        return found


def run(many: Sequence[Dialogue], heard: Heard, names: Iterable[str], margin: float) -> Tally:
    """Let the router follow the dialogues; it stands where its own decisions have brought it."""
    roster: Mapping[str, Scope] = {name: Scope() for name in names}
    limits = Thresholds(chance=0.0, familiar=-1e9, margin=margin)
    return _tallied(many, lambda text, active: decide(text, Floor(active), roster, heard, limits).agent or "")


def afresh(many: Sequence[Dialogue], heard: Heard) -> Tally:
    """The same with no hysteresis: every message is routed as if it were the first."""
    return _tallied(many, lambda text, _: heard.told(text).best(1)[0][0])


def _tallied(many: Sequence[Dialogue], choose: Callable[[str, str], str]) -> Tally:
    """How well ``choose`` (of a message and who has the floor) follows the dialogues; its choices are carried on."""
    turns = right = stays = spurious = moved = switches = followed = 0
    for one in many:
        active = before = ""
        for turn in one:
            chosen = choose(turn.text, active)
            turns += 1
            right += chosen == turn.right
            if before == turn.right:
                stays += 1
                moved += chosen != active
                spurious += chosen not in {active, turn.right}
            elif before:
                switches += 1
                followed += chosen == turn.right
            active, before = chosen, turn.right
    return Tally(len(many), turns, right, stays, spurious, moved, switches, followed)


def learn(train: Sequence[Dialogue], examples: Examples, schema: Path) -> tuple[list[float], float]:
    """Weights and offset of ``staying``, from dialogues of the train split that gave no examples."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    drawn = random.Random(SEED).sample(switching(train[1::2]), LEARNT_FROM)  # noqa: S311 -- a draw, no secret
    heard = Heard(fit(examples.of({turn.right for one in train for turn in one}, schema)))
    rows, moves = [], []
    for signs, move in _lessons(drawn, heard):
        rows.append(signs)
        moves.append(move)
    table = np.array(rows)
    middle, width = table.mean(axis=0), table.std(axis=0) + 1e-9
    found = LogisticRegression(C=1.0, max_iter=1000).fit((table - middle) / width, moves)
    weights = found.coef_[0] / width
    return weights.tolist(), float(found.intercept_[0] - (weights * middle).sum())


def _lessons(many: Iterable[Dialogue], heard: Heard) -> Iterator[tuple[tuple[float, ...], bool]]:
    for one in many:
        for before, turn in pairwise(one):
            told = heard.told(turn.text)
            other = next(name for name, _ in told.best(2) if name != before.right)
            if turn.right in {before.right, other}:
                yield staying.signs(turn.text, told, before.right, other), turn.right == other
