"""What agents give back and hand on: frozen values, all of them plain data that a record can hold."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(enum.StrEnum):
    """How the floor moves: ``delegate`` comes back, ``transfer`` stays."""

    DELEGATE = "delegate"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a turn, with everything it hands on, may use. None sets no limit of that kind."""

    seconds: float | None = None
    calls: int | None = None
    """Calls of tools."""
    tokens: int | None = None
    money: float | None = None
    """In US dollars."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source for what is said: a file with its lines, a commit, a rule, a memory, a run."""

    what: str
    where: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something made on the way that another agent or the person can use: a name, a kind, and its plain data."""

    name: str
    kind: str
    data: Any = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """One agent asking another for work; the receiver sees this, the person's message and the pinned constraints."""

    to: str
    reason: str
    goal: str
    brief: str = ""
    kind: Kind = Kind.DELEGATE
    constraints: tuple[str, ...] = ()
    """Verbatim, as the person or the target gave them; children inherit them."""
    evidence: tuple[Evidence, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    open_questions: tuple[str, ...] = ()
    return_to: str = ""
    """The agent that the answer goes to; filled in by the orchestrator."""
    budget: Budget = field(default_factory=Budget)
    """The share that the receiver may use at most; never more than what is left of the whole."""


@dataclass(frozen=True, slots=True)
class Done:
    """An agent's answer: text for a person, and the same as data."""

    text: str
    data: Any = None
    evidence: tuple[Evidence, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    complete: bool = True
    """False where something in scope failed: such an answer can never look like a clean one."""


@dataclass(frozen=True, slots=True)
class Question:
    """An agent that cannot go on without the person's word; the turn ends, and the next message answers it."""

    text: str
    options: tuple[str, ...] = ()


Step = Done | Handoff | Question
"""What a handler gives back."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back to an agent from one that it delegated to: an answer, or why there is none."""

    agent: str
    goal: str
    answer: Done | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """One thing that an agent is shown beside its task, and why it is."""

    text: str
    kind: str
    """``instruction``, ``project``, ``goal``, ``value``, ``constraint``, ``note``, ``decision`` ..."""
    why: str
    source: str = ""
    date: str = ""
    id: str = ""
    """The memory that it is, where it is one."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a handler is given. The same task gives the same steps: a resumed run asks again and relies on it."""

    turn: str
    agent: str
    message: str
    """The person's last message, verbatim."""
    goal: str
    brief: str = ""
    constraints: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    context: tuple[Recalled, ...] = ()
    returned: tuple[Returned, ...] = ()
    """What the agents delegated to so far gave back, the first first."""
    answers: tuple[str, ...] = ()
    """What the person answered to this agent's questions in this conversation, the first first."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the command line was told beside the message: ``path``, ``target``, ``scheduled`` ..."""
