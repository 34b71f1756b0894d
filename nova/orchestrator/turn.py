"""What begins a turn and what comes of it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nova.orchestrator.handoff import Budget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.lines import Plain

ANSWERED, ASKED, FAILED = "answered", "question", "failed"


@dataclass(frozen=True, slots=True)
class Start:
    """A person's message on its way to an agent."""

    turn: str
    conversation: str
    message: str
    agent: str
    """Whom the router chose."""
    route: Mapping[str, Any] = field(default_factory=dict)
    """How it chose, as data."""
    options: Mapping[str, Any] = field(default_factory=dict)
    constraints: tuple[str, ...] = ()
    """Pinned for everybody who works on it, verbatim."""
    budget: Budget = field(default_factory=Budget)
    """For the whole turn; what is not named has the usual limit."""
    stack: tuple[Plain, ...] = ()
    """Where the message answers a question: who asked it, and who waits for that one."""
    goal: str = ""
    """What is wanted, where that is less than the whole message."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a turn ended."""

    turn: str
    status: str
    """``answered``, ``question`` or ``failed``."""
    agent: str
    """Who has the floor now."""
    text: str
    data: Any = None
    evidence: tuple[Plain, ...] = ()
    artifacts: tuple[Plain, ...] = ()
    complete: bool = True
    options: tuple[str, ...] = ()
    """What a question offers to choose from."""
    notes: tuple[str, ...] = ()
    """What failed, and what was done instead."""
    waiting: tuple[Plain, ...] = ()
    """Writes that wait for a person's approval."""
    stack: tuple[Plain, ...] = ()
    """For a question: who asked it, and who waits for that one."""
    used: Mapping[str, Any] = field(default_factory=dict)


def outcome(turn: str, line: Mapping[str, Any]) -> Outcome:
    """The outcome that the last line of a record tells of."""
    given = {name: line[name] for name in Outcome.__slots__ if name != "turn"}
    for name in ("evidence", "artifacts", "options", "notes", "waiting", "stack"):
        given[name] = tuple(given[name])
    return Outcome(turn, **given)
