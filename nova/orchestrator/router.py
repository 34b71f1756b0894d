"""Who answers a message: a fixed order of steps, each of which says why it decided."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nova.orchestrator import staying
from nova.orchestrator.classifier import Told
from nova.orchestrator.features import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EXPLICIT, PENDING, TRIGGER, CLASSIFIER, ASK = "explicit", "pending", "trigger", "classifier", "ask"
STEPS = (EXPLICIT, PENDING, TRIGGER, CLASSIFIER, ASK)
"""The order in which they are tried."""
ALIKE = 0.75
"""How much of a name must be right for a mistyped one."""
SHOWN = 3
"""How many agents a person is asked to choose from."""
_NAMED = re.compile(r"\s*@([A-Za-z0-9][\w-]*)(?!\.?[\w@/])")


class Scope(Protocol):
    """What the router knows of an agent."""

    @property
    def triggers(self) -> Sequence[str]:
        """Words or phrases that decide alone."""
        ...


class Classifier(Protocol):
    """Which agent a message sounds like."""

    def told(self, text: str) -> Told:
        """Chances and familiarity of every agent."""
        ...


class State(Protocol):
    """Where the conversation stands; empty strings for nobody."""

    @property
    def active(self) -> str:
        """The agent that has the floor."""
        ...

    @property
    def pending(self) -> str:
        """The agent whose question waits for an answer."""
        ...


@dataclass(frozen=True, slots=True)
class Floor:
    """A conversation's state by itself."""

    active: str = ""
    pending: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the classifier's word must reach. Where the figures come from is told in ``docs/routing.md``."""

    chance: float = 0.40
    """The least chance of the best agent for a request that opens a conversation."""
    familiar: float = -1.0
    """How far below what its examples reach such a request may stay, in standard deviations."""
    margin: float = staying.MARGIN
    """What the pull to another agent must be above before the active one is left."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message goes, and why. Without an agent a person is asked which of the best it should be."""

    agent: str | None
    step: str
    scores: tuple[tuple[str, float], ...]
    """The best three by the classifier, the first first."""
    why: str

    def as_data(self) -> dict[str, Any]:
        """Plain data."""
        return {**asdict(self), "scores": [{"agent": name, "score": round(p, 4)} for name, p in self.scores]}


def decide(
    message: str,
    state: State,
    roster: Mapping[str, Scope],
    classifier: Classifier,
    thresholds: Thresholds | None = None,
) -> Route:
    """The first step that knows an answer gives it."""
    limits = thresholds or Thresholds()
    told = _known(classifier.told(message), roster)
    best = told.best(SHOWN)
    named = _named(message, roster)
    if named:
        return Route(named, EXPLICIT, best, f"the message begins with @{named}")
    near = _nearly_named(message, roster)
    if near:
        return Route(None, ASK, _first(near, best), f"there is no agent of that name; {near} is near")
    if state.pending and state.pending in roster:
        return Route(state.pending, PENDING, best, f"{state.pending} asked, and this is the answer")
    found = _trigger(message, roster)
    if found:
        return Route(found[0], TRIGGER, best, f'the message has "{found[1]}"')
    if not best:
        return Route(None, ASK, (), "there is no agent to choose")
    if state.active and state.active in told.chances:
        return _kept(message, state.active, told, best, limits)
    return _opened(message, told, best, limits)


def _known(told: Told, roster: Mapping[str, Scope]) -> Told:
    """Without agents that the roster does not have."""
    if told.chances.keys() <= roster.keys():
        return told
    return Told(
        {name: value for name, value in told.chances.items() if name in roster},
        {name: value for name, value in told.familiar.items() if name in roster},
    )


def _named(message: str, roster: Mapping[str, Scope]) -> str:
    found = _NAMED.match(message)
    if found is None:
        return ""
    word = found[1].casefold().replace("_", "-")
    return next((name for name in roster if name.casefold().replace("_", "-") == word), "")


def _nearly_named(message: str, roster: Mapping[str, Scope]) -> str:
    """The agent that a mistyped name means; a message may well begin with an @ that names nobody, as @property does."""
    found = _NAMED.match(message)
    if found is None:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(found[1].casefold(), list(roster), 1, ALIKE)), "")


def _first(name: str, best: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """The same choice with this agent put first."""
    chance = dict(best).get(name, 0.0)
    return ((name, chance), *(pair for pair in best if pair[0] != name))[:SHOWN]


def _trigger(message: str, roster: Mapping[str, Scope]) -> tuple[str, str] | None:
    """The most specific trigger in a message: of more words, then of more letters, then the earlier one."""
    short = " ".join(message[:LONGEST].split()).casefold()
    found = []
    for name, agent in roster.items():
        for trigger in agent.triggers:
            wanted = " ".join(trigger.split()).casefold()
            at = _place(wanted, short) if wanted else -1
            if at >= 0:
                found.append((-len(wanted.split()), -len(wanted), at, name, trigger))
    if not found:
        return None
    *_, name, trigger = min(found)
    return name, trigger


def _place(wanted: str, text: str) -> int:
    """Where a trigger stands as words of their own. One with a slash is a command: it stands at the beginning."""
    if wanted.startswith("/"):
        return 0 if re.match(re.escape(wanted) + r"(?![\w/])", text) else -1
    found = re.search(r"(?<![\w/@.-])" + re.escape(wanted) + r"(?![\w/]|[-.]\w)", text)
    return found.start() if found else -1


def _kept(message: str, active: str, told: Told, best: tuple[tuple[str, float], ...], limits: Thresholds) -> Route:
    """Hysteresis: the active agent keeps the floor unless the message clearly asks for another."""
    others = [pair for pair in told.best(len(told.chances)) if pair[0] != active]
    if not others:
        return Route(active, CLASSIFIER, best, f"{active} has the floor, and there is no other")
    other, chance = others[0]
    pull = staying.pull(message, told, active, other)
    if pull > limits.margin:
        why = f"sounds like {other} ({chance:.2f}), clearly more than {active}, which had the floor"
        return Route(other, CLASSIFIER, best, why)
    near = f"; {other} ({chance:.2f}) is not ahead by enough" if best[0][0] != active else ""
    return Route(active, CLASSIFIER, best, f"{active} has the floor{near}")


def _opened(message: str, told: Told, best: tuple[tuple[str, float], ...], limits: Thresholds) -> Route:
    first, chance = best[0]
    if not message.strip():
        return Route(None, ASK, best, "the message is empty")
    if chance < limits.chance:
        return Route(None, ASK, best, f"{first} is the likeliest, at {chance:.2f}; {limits.chance:.2f} is the least")
    if told.familiar[first] < limits.familiar:
        return Route(None, ASK, best, f"unlike any request that is known: {first} is the nearest, and not near")
    return Route(first, CLASSIFIER, best, f"sounds like {first} ({chance:.2f})")
