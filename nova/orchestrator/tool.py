"""What a handler may use: tools behind one gate, which asks, counts and records before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.orchestrator.handoff import Step, Task


class Refused(Exception):
    """A tool call that was not made: not the agent's tool, not approved, a guard, or nothing left to spend."""


class Queued(Refused):
    """A write that waits for a person's approval; the run goes on without it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that agents can do in the world.

    ``work`` takes ``key`` and the call's arguments and gives plain data (what JSON holds). A tool that writes must be
    safe to repeat with the same key: done once already, it does nothing and gives the same answer.
    """

    name: str
    says: str
    """What it does, in one line, for the roster and for a model."""
    work: Callable[..., Any]
    writes: bool = False
    effect: Callable[..., str] | None = None
    """For a tool that writes: what the call would change, in words, shown before a person approves."""


class Tools(Protocol):
    """A handler's only way to the world."""

    def call(self, name: str, /, **arguments: Any) -> Any:
        """The tool's answer. Raises ``Refused``; what a tool itself raises comes through as ``ToolFailed``."""
        ...

    def say(self, text: str) -> None:
        """Tell the person what is being done, while it is done."""
        ...


class ToolFailed(Exception):
    """A tool that was called and could not do it."""


class Handler(Protocol):
    """An agent's work without a model: plain Python beside its page."""

    def __call__(self, task: Task, tools: Tools) -> Step:
        """One step: an answer, a handoff or a question. Same task and same answers of tools, same step."""
        ...
