"""An agent and the roster of all of them, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.errors import RosterError
from nova.orchestrator.handoff import Budget
from nova.roster.own import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable

DOOR = "concierge"
"""The agent that every other may hand back to."""
GROUPS = ("chat", "pipeline", "erp", "language", "review", "memory", "ops")
PLANNED = 34
"""How many agents Nova is to have."""


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent, as its page describes it."""

    name: str
    group: str
    description: str
    """Its scope, in one line."""
    when: tuple[str, ...]
    """Requests that are its work, as people type them."""
    not_when: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    """Words or phrases that decide alone."""
    llm: str = "none"
    """Its need of a model: ``none``, ``optional`` or ``required``."""
    tools: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    """What it may change, in words; empty for nothing."""
    approval: str = "none"
    """``ask``: before each write."""
    handoffs: Mapping[str, str] = field(default_factory=dict)
    """The agents that it may hand work to, and when."""
    input: str = ""
    output: str = ""
    budget: Budget = field(default_factory=Budget)
    memory: tuple[str, ...] = ()
    """The kinds of memory that it is shown."""
    handler: str | None = None
    """``module:function`` that does its work without a model."""
    body: str = ""
    source: str = ""
    base: str | None = None
    """For a person's own agent: the one of Nova's that it is made from."""


@dataclass(frozen=True, slots=True)
class Roster(Mapping[str, Agent]):
    """All agents by name, group by group."""

    agents: Mapping[str, Agent]

    def __getitem__(self, name: str) -> Agent:
        return self.agents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.agents)

    def __len__(self) -> int:
        return len(self.agents)

    def named(self, name: str) -> Agent:
        """The agent of that name. Raises ``RosterError``, naming the nearest."""
        if name not in self.agents:
            from nova.roster.page import nearest

            raise RosterError(f"there is no agent called {name}", next_step=nearest(name, self.agents))
        return self.agents[name]

    def allows(self, giver: str, receiver: str) -> bool:
        """Whether one agent may hand work to another: a declared edge, or the way back to the door."""
        if giver == receiver or giver not in self.agents or receiver not in self.agents:
            return False
        return receiver == DOOR or receiver in self.agents[giver].handoffs

    def examples(self) -> dict[str, tuple[str, ...]]:
        """What each agent's page gives as its requests, for the router to learn from."""
        return {name: agent.when for name, agent in self.agents.items()}


def make(agents: Iterable[Agent]) -> Roster:
    """The roster of these agents, in order; ``*`` among handoffs becomes every agent that is not named."""
    ordered = sorted(
        agents, key=lambda a: (GROUPS.index(a.group) if a.group in GROUPS else len(GROUPS), a.group, a.name)
    )
    known = {agent.name: agent.description for agent in ordered}
    return Roster({agent.name: _spread(agent, known) for agent in ordered})


def _spread(agent: Agent, known: Mapping[str, str]) -> Agent:
    if ALL not in agent.handoffs:
        return agent
    named = {to: when for to, when in agent.handoffs.items() if to != ALL}
    rest = {to: scope for to, scope in known.items() if to not in named and to != agent.name}
    return replace(agent, handoffs=named | rest)
