"""What is wrong with a roster as a whole: names that lead nowhere, agents out of reach, scopes that overlap."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nova.roster.agent import DOOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nova.roster.agent import Agent, Roster

FEWEST_EXAMPLES = 10
PARTS = 5
"""Into how many parts the examples are split; each in turn is left out and told by what is learnt from the others."""
OVERLAP_SHARE = 0.2
OVERLAP_FEWEST = 3
"""Two scopes overlap when so many of one's examples, and this share of them, are taken for the other's."""
SURELY = 2.0
"""An example is taken for another agent's when that one has so many times the chance of its own: near ties tell more
of how few examples there are than of an overlap."""


class Model(Protocol):
    """What has learnt the agents' examples."""

    def scores(self, text: str) -> Mapping[str, float]:
        """The chance of each agent."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an agent."""

    kind: str
    agent: str
    message: str
    source: str = ""
    next_step: str = ""


def lint(roster: Roster, tools: AbstractSet[str], fit: Callable[[Mapping[str, Sequence[str]]], Model]) -> list[Problem]:
    """Everything that is wrong, agent by agent; ``fit`` is how the router learns from examples."""
    reached = _reached(roster)
    lone = _without_way_out(roster)
    found = [
        problem
        for agent in roster.values()
        for problem in (*_names(agent, roster, tools), *_work(agent), *_examples(agent, roster))
    ]
    found += [
        _problem("unreachable", roster[name], f"no chain of handoffs leads from {DOOR} to it")
        for name in roster
        if name not in reached
    ]
    found += [_cycle(roster, ring) for ring in lone]
    return found + list(_overlaps(roster, fit))


def _problem(kind: str, agent: Agent, message: str, next_step: str = "") -> Problem:
    return Problem(kind, agent.name, message, agent.source, next_step)


def _names(agent: Agent, roster: Roster, tools: AbstractSet[str]) -> Iterator[Problem]:
    from nova.roster.page import nearest

    for tool in agent.tools:
        if tool not in tools:
            yield _problem("tool", agent, f"there is no tool called {tool}", nearest(tool, sorted(tools)))
    for target in agent.handoffs:
        if target == agent.name:
            yield _problem("target", agent, "hands off to itself", "leave that edge out")
        elif target not in roster:
            yield _problem("target", agent, f"hands off to {target}, which is no agent", nearest(target, roster))


def _work(agent: Agent) -> Iterator[Problem]:
    if agent.handler is None and agent.llm == "none":
        yield _problem(
            "handler", agent, "has no handler and needs no model, so nothing does its work", "name a handler"
        )
    if agent.handler is not None and not _can_be_loaded(agent.handler):
        yield _problem("handler", agent, f"its handler {agent.handler} is not there", "write it as  module:function")
    if agent.writes and agent.approval == "none":
        yield _problem("approval", agent, "may write and asks nobody", "write  approval: ask")


def _can_be_loaded(handler: str) -> bool:
    from importlib import import_module

    module, _, name = handler.partition(":")
    try:
        return callable(getattr(import_module(module), name, None))
    except ImportError:
        return False


def _examples(agent: Agent, roster: Roster) -> Iterator[Problem]:
    count = len({_plain(text) for text in agent.when})
    if count < FEWEST_EXAMPLES:
        told = (
            f"has {count} different example{'' if count == 1 else 's'} under when; the router needs {FEWEST_EXAMPLES}"
        )
        yield _problem("examples", agent, told, "add requests as people would type them")
    later = {_plain(text): text for text in agent.when}
    triggers = {_plain(text): text for text in agent.triggers}
    for other in roster.values():
        if other.name <= agent.name:
            continue
        for text in sorted(later.keys() & {_plain(t) for t in other.when}):
            yield _problem(
                "overlap", agent, f'has the example "{later[text]}", and so has {other.name}', "keep one of them"
            )
        for text in sorted(triggers.keys() & {_plain(t) for t in other.triggers}):
            yield _problem(
                "trigger", agent, f'is triggered by "{triggers[text]}", and so is {other.name}', "keep one of them"
            )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip("?!. ")


def _reached(roster: Roster) -> set[str]:
    """The agents that the door leads to; where a roster has no door, those that the router itself can choose."""
    waiting = [DOOR] if DOOR in roster else [name for name, agent in roster.items() if agent.when or agent.triggers]
    reached = set(waiting)
    while waiting:
        more = [name for name in roster[waiting.pop()].handoffs if name in roster and name not in reached]
        reached.update(more)
        waiting += more
    return reached


def _without_way_out(roster: Roster) -> list[frozenset[str]]:
    """Rings of agents that hand work only to each other: none gives an answer, or no door is there to go back to."""
    beyond = {name: _beyond(roster, name) for name in roster}
    rings = {frozenset(n for n in beyond[name] if name in beyond[n]) for name in roster if name in beyond[name]}
    return sorted((ring for ring in rings if len(ring) > 1 and not _way_out(roster, ring)), key=sorted)


def _beyond(roster: Roster, name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for target in roster[waiting.pop()].handoffs:
            if target in roster and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _way_out(roster: Roster, ring: frozenset[str]) -> bool:
    edges = {target for name in ring for target in roster[name].handoffs if target in roster} - ring
    return bool(edges - {DOOR}) or (DOOR in roster and any(roster[name].output for name in ring))


def _cycle(roster: Roster, ring: frozenset[str]) -> Problem:
    names = sorted(ring)
    told = f"hands work round in a ring with no way out: {' -> '.join([*names, names[0]])}"
    return _problem("cycle", roster[names[0]], told, "give one of them an output, or an edge that leads elsewhere")


def _overlaps(roster: Roster, fit: Callable[[Mapping[str, Sequence[str]]], Model]) -> Iterator[Problem]:
    examples = {name: tuple(dict.fromkeys(texts)) for name, texts in roster.examples().items() if len(texts) > 1}
    if len(examples) < 2:
        return
    taken = confusion(examples, fit)
    count = Counter((right, wrong) for right, wrong, _ in taken)
    for (right, wrong), number in sorted(count.items(), key=lambda row: (-row[1], row[0])):
        if number >= OVERLAP_FEWEST and number >= OVERLAP_SHARE * len(examples[right]):
            texts = [text for a, b, text in taken if (a, b) == (right, wrong)]
            told = f'{number} of its {len(examples[right])} examples sound like {wrong}: "{texts[0]}", "{texts[1]}" ...'
            yield _problem("overlap", roster[right], told, f"draw the line between {right} and {wrong} more clearly")


def confusion(
    examples: Mapping[str, Sequence[str]], fit: Callable[[Mapping[str, Sequence[str]]], Model]
) -> list[tuple[str, str, str]]:
    """The examples taken for another agent's when they are left out of what is learnt: whose, taken for, text."""
    taken = []
    for part in range(PARTS):
        model = fit({name: _rest(texts, part) for name, texts in examples.items()})
        for name, texts in examples.items():
            for text in texts[part::PARTS]:
                scores = model.scores(text)
                best = max(scores, key=lambda agent: (scores[agent], agent))
                if scores[best] >= SURELY * scores.get(name, 0.0) and best != name:
                    taken.append((name, best, text))
    return taken


def _rest(texts: Sequence[str], part: int) -> list[str]:
    return [text for number, text in enumerate(texts) if number % PARTS != part]
