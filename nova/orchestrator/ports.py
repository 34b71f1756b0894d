"""What the orchestrator needs of the world and of its neighbours, as small as it uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.orchestrator.handoff import Budget, Recalled
    from nova.orchestrator.lines import Plain


class Scope(Protocol):
    """An agent's page, as far as it bounds what the agent may do."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def tools(self) -> Sequence[str]:
        """The names of its tools."""
        ...

    @property
    def handoffs(self) -> Mapping[str, str]:
        """Whom it may hand off to, and when."""
        ...

    @property
    def writes(self) -> Sequence[str]:
        """What it may change, in words."""
        ...

    @property
    def approval(self) -> str:
        """``ask`` where a person is asked before each write."""
        ...

    @property
    def llm(self) -> str:
        """``none``, ``optional`` or ``required``."""
        ...

    @property
    def memory(self) -> Sequence[str]:
        """The kinds of memory that it is shown."""
        ...

    @property
    def budget(self) -> Budget:
        """The most that its own work may use in one go."""
        ...


class Clock(Protocol):
    """What time it is."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    def tick(self) -> float:
        """Seconds since some moment; never goes back."""
        ...


class Record(Protocol):
    """The lines of one turn, held by one process."""

    def lines(self) -> list[Plain]:
        """All lines so far, in order."""
        ...

    def append(self, line: Plain, *, lasting: bool = True) -> None:
        """Add a line; a lasting one is on the disk when this returns."""
        ...

    def close(self) -> None:
        """Let others hold it."""
        ...


class Records(Protocol):
    """The turns of a person."""

    def create(self, turn: str) -> Record:
        """A new record, held."""
        ...

    def open(self, turn: str) -> Record:
        """A record that is there, held to be gone on with. Raises ``UsageError``."""
        ...

    def read(self, turn: str) -> list[Plain]:
        """Its lines, held by nobody. Raises ``UsageError``."""
        ...

    def head(self, turn: str) -> Plain | None:
        """Its first line, or None."""
        ...

    def mentions(self, turn: str, words: str) -> bool:
        """Whether a text is anywhere in it; quicker than to read it."""
        ...

    def turns(self) -> list[str]:
        """All turns, the newest first."""
        ...


class Runner(Protocol):
    """Runs one step of a handler for a bounded time."""

    def run(self, work: Callable[[], str], left: Callable[[], float], shut: Callable[[], None]) -> str | None:
        """What the work gave, or None where no time was left; then it was ``shut`` off first.

        ``left`` may stand still while a person is asked.
        """
        ...


class Approver(Protocol):
    """Who says whether a write may be made."""

    def ask(self, agent: str, tool: str, effect: str) -> bool | None:
        """The person's word; None where nobody can be asked now, and the write has to wait."""
        ...


class Context(Protocol):
    """Finds what an agent should know for a task."""

    def __call__(self, scope: Any, message: str, goal: str, options: Mapping[str, Any], /) -> tuple[Recalled, ...]:
        """Instructions, the active project, and what memory has that matters here, each with its reason."""
        ...
