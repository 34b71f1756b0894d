"""What is the same for every turn: the agents, what they can use, and the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.orchestrator.ports import Approver, Clock, Context, Runner, Scope
    from nova.orchestrator.tool import Handler, Tool


@dataclass(frozen=True, slots=True)
class World:
    """The agents with their handlers and tools, and the machine that they run on."""

    roster: Mapping[str, Scope]
    handlers: Callable[[Scope], Handler | None]
    tools: Callable[[Sequence[str]], Mapping[str, Tool]]
    clock: Clock
    runner: Runner
    approver: Approver
    context: Context | None = None
    model: bool = False
    """Whether a model is configured."""
