"""What is used of a DuckDB connection, so that only the store has to know the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Appender(Protocol):
    """Takes rows in bulk, several times faster than statements do."""

    def append_rows(self, rows: Iterable[Sequence[Any]]) -> None:
        """Hold the rows until ``flush``."""

    def flush(self) -> None:
        """Insert what is held."""


class Db(Protocol):
    """A connection. Every method may raise one of the engine's own errors; see ``trouble``."""

    def execute(self, query: str, parameters: object = None) -> Db:
        """Run one statement."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row of the last statement."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All further rows of the last statement."""

    def appender(self, table: str) -> Appender:
        """A way to insert many rows into a table."""

    def begin(self) -> object:
        """Begin a transaction."""

    def commit(self) -> object:
        """End the transaction and keep what it did."""

    def rollback(self) -> object:
        """End the transaction and undo what it did."""

    def close(self) -> None:
        """Write everything into the file and let go of it."""
