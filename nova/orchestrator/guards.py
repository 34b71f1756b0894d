"""The bounds that every turn keeps, as functions of what happened so far. An empty text means: nothing against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Budget
    from nova.orchestrator.ports import Scope

DOOR = "concierge"
"""The agent that every other may hand back to."""
MOST_HOPS = 6
"""Handoffs in one turn."""
MOST_SAME_EDGE = 2
"""Handoffs from one agent to one other in one turn."""
MOST_SAME_CALL = 2
"""Calls by one agent of one tool with the same arguments in one turn; the next one stops the agent."""
MOST_BACK = 3
"""How many agents that gave the floor away can be gone back to."""
MOST_REFUSED_HANDOFFS = 2
"""Handoffs of one agent that may be refused before it is cut off."""
MOST_REFUSED_CALLS = 20
"""Calls in one step that may be refused before the agent is cut off."""
MOST_SAID = 200
"""What an agent may tell the person in one step; the rest is left unsaid."""
MOST_SAID_CHARACTERS = 2_000


def declared(roster: Mapping[str, Scope], source: str, target: str) -> str:
    """Whether one agent may hand off to another at all."""
    if target not in roster:
        return f"there is no agent {target[:60]}"
    if source == target:
        return f"{source} cannot hand off to itself"
    if target != DOOR and (source not in roster or target not in roster[source].handoffs):
        return f"{source} may not hand off to {target}"
    return ""


def hops(made: int) -> str:
    """Whether there may be one more handoff in this turn."""
    return "" if made < MOST_HOPS else f"a turn has at most {MOST_HOPS} handoffs"


def same_edge(made: int, source: str, target: str) -> str:
    """Whether this pair may hand off once more."""
    return "" if made < MOST_SAME_EDGE else f"{source} handed off to {target} {made} times already"


def refused_too_often(refused: int) -> str:
    """Whether an agent whose handoffs are refused may try on."""
    return "" if refused <= MOST_REFUSED_HANDOFFS else f"it asked {refused} times for a handoff that may not be"


def nothing_new(origin: Mapping[str, Any], handed: Mapping[str, Any], back: Mapping[str, Any]) -> bool:
    """Whether work goes back to where it came from unchanged.

    ``origin`` is the task of the agent that it goes back to, ``handed`` what that agent gave away, ``back`` what it is
    given now: nothing is new where the goal or the brief is one of those, and there is no evidence or artifact more.
    """
    known = [*origin["evidence"], *origin["artifacts"], *handed["evidence"], *handed["artifacts"]]
    if any(one not in known for one in [*back["evidence"], *back["artifacts"]]):
        return False
    return any(
        _same(back["goal"], before["goal"]) or (back["brief"].strip() and _same(back["brief"], before["brief"]))
        for before in (origin, handed)
    )


def may_use(scope: Scope, tool: str) -> str:
    """Whether a tool is the agent's."""
    return "" if tool in scope.tools else f"{tool[:60]} is no tool of {scope.name}"


def same_call(made: int, tool: str) -> str:
    """Whether the same call may be made once more."""
    return "" if made < MOST_SAME_CALL else f"it made the same call of {tool} {made + 1} times"


def refusals(made: int) -> str:
    """Whether an agent whose calls are refused may try on."""
    return "" if made < MOST_REFUSED_CALLS else f"{made} of its calls were refused in one step"


def may_call(left: Budget) -> str:
    """Whether what is left allows one more call."""
    if left.calls is not None and left.calls < 1:
        return "no calls are left"
    return time_left(left)


def time_left(left: Budget) -> str:
    """Whether there is time to work."""
    return "" if left.seconds is None or left.seconds > 0 else "no time is left"


def may_begin(left: Budget) -> str:
    """Whether what is left allows an agent to begin."""
    return time_left(left)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
