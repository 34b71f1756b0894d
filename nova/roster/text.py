"""The roster as text: the list, one agent's page, the graph of handoffs, and what is wrong. Pure."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from nova.roster.agent import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.roster.agent import Agent, Roster
    from nova.roster.lint import Problem

SHOWN_EXAMPLES = 6


def table(roster: Roster, width: int) -> str:
    """Every agent, group by group: its scope, its need of a model, and whom it hands off to."""
    wide = max(map(len, roster), default=0)
    lines: list[str] = []
    for group in groups(roster):
        lines += ["", group] if lines else [group]
        for agent in (agent for agent in roster.values() if agent.group == group):
            lines += _wrapped(f"  {agent.name:<{wide}}  ", agent.description, width)
            lines += _wrapped(" " * (wide + 4), f"model: {agent.llm}; hands off to: {_edges_of(agent)}", width)
    return "\n".join(lines)


def _edges_of(agent: Agent) -> str:
    return ", ".join(agent.handoffs) or "nobody"


def _wrapped(start: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=" " * len(start), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def count(roster: Roster) -> str:
    """How many of the planned agents are there, and how many are the person's own."""
    own = sum(1 for agent in roster.values() if agent.base)
    return f"{len(roster) - own} of the {PLANNED} agents that are planned" + (f", and {own} of your own" if own else "")


def page(agent: Agent, width: int) -> str:
    """All that an agent's page says, the rights first."""
    told = (
        ("group", agent.group), ("made from", agent.base or ""), ("model", agent.llm), ("takes", agent.input),
        ("gives", agent.output), ("tools", ", ".join(agent.tools)),
        ("may change", "; ".join(agent.writes) or "nothing"),
        ("asks first", "yes" if agent.approval == "ask" else "no" if agent.writes else ""),
        ("triggers", ", ".join(agent.triggers)), ("is shown", ", ".join(agent.memory)), ("at most", _limits(agent)),
    )  # fmt: skip
    lines = _wrapped("", f"{agent.name}: {agent.description}", width)
    for name, value in told:
        lines += _wrapped(f"  {name}: ", value, width) if value else []
    lists = (
        ("Hands off to", [f"{to}: {when}" for to, when in agent.handoffs.items()]),
        (f"Asked for like this ({len(agent.when)} examples)", agent.when[:SHOWN_EXAMPLES]),
        ("Not its work", agent.not_when),
    )
    for title, items in lists:
        lines += ["", title, *(f"  - {item}" for item in items)] if items else []
    body = ["", agent.body] if agent.body else []
    return "\n".join([*lines, *body, "", agent.source])


def _limits(agent: Agent) -> str:
    budget = agent.budget
    limits = (
        (budget.seconds, "seconds"), (budget.calls, "calls of tools"), (budget.tokens, "tokens"),
        (budget.money, "dollars"),
    )  # fmt: skip
    return ", ".join(f"{value:g} {unit}" for value, unit in limits if value is not None)


def groups(roster: Roster) -> tuple[str, ...]:
    """The groups in order."""
    return tuple(dict.fromkeys(agent.group for agent in roster.values()))


def edges(roster: Roster) -> list[dict[str, str]]:
    """Each declared handoff between agents that are there."""
    return [
        {"from": agent.name, "to": to, "when": when}
        for agent in roster.values()
        for to, when in agent.handoffs.items()
        if to in roster
    ]


def graph(roster: Roster) -> str:
    """Who hands off to whom, as a Mermaid flow chart. The way back to the door is always there and left out."""
    lines = ["flowchart LR"]
    for number, group in enumerate(groups(roster)):
        lines.append(f'  subgraph g{number}["{group}"]')
        lines += [f'    {_node(agent.name)}["{agent.name}"]' for agent in roster.values() if agent.group == group]
        lines.append("  end")
    return "\n".join([*lines, *(f"  {_node(edge['from'])} --> {_node(edge['to'])}" for edge in edges(roster))])


def _node(name: str) -> str:
    """A name that Mermaid cannot take for one of its own words, such as ``end``."""
    return "agent_" + name.replace("-", "_")


def faults(problems: Iterable[Problem]) -> str:
    """What is wrong, and what to do about it."""
    lines = []
    for problem in problems:
        lines.append(f"{problem.agent}  {problem.kind}: {problem.message}")
        lines += [f"  {problem.next_step}"] if problem.next_step else []
    return "\n".join(lines)
