"""Where a conversation stands: who has the floor, and what was asked and not yet answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Records

MOST_TURNS = 500
"""How many turns back a conversation is looked for."""


@dataclass(frozen=True, slots=True)
class State:
    """What the last turns of a conversation left."""

    active: str = ""
    """The agent that has the floor; nobody where the last one failed."""
    pending: str = ""
    """The agent whose question waits for an answer."""
    question: str = ""
    options: tuple[str, ...] = ()
    stack: tuple[Plain, ...] = ()
    """Who asked it, and who waits for that one."""
    turn: str = ""
    """The last turn that ended."""
    interrupted: str = ""
    """A later turn that did not end."""


def state(records: Records, conversation: str) -> State:
    """Where a conversation stands, read from its last turn that ended."""
    interrupted = ""
    for turn in records.turns()[:MOST_TURNS]:
        head = records.head(turn)
        if head is None or head.get("conversation") != conversation:
            continue
        ended = next((line for line in records.read(turn) if line["kind"] == "ended"), None)
        if ended is None:
            interrupted = interrupted or turn
            continue
        try:
            return _left(turn, ended, interrupted)
        except (KeyError, TypeError):  # a record that somebody edited
            continue
    return State(interrupted=interrupted)


def _left(turn: str, ended: Plain, interrupted: str) -> State:
    if ended["status"] != "question":
        floor = "" if ended["status"] == "failed" else ended["agent"]
        return State(floor, turn=turn, interrupted=interrupted)
    return State(
        ended["agent"], ended["agent"], ended["text"], tuple(ended["options"]), tuple(ended["stack"]), turn, interrupted
    )
