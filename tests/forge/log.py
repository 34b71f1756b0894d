"""What was asked and answered, kept for assertions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.forge.wire import Json


@dataclass(slots=True)
class Exchange:
    """One request with its answer; ``status`` 0 means that the connection was cut."""

    number: int
    method: str
    path: str
    query: str
    operation: str | None
    user: str | None
    body: Any
    status: int
    payload: Any
    fault: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> Json:
        """The exchange for the control interface."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Violation:
    """A request or a response that does not fit GitHub's description."""

    operation: str
    side: str
    complaint: str

    def __str__(self) -> str:
        return f"{self.operation}, {self.side}: {self.complaint}"


class Log:
    """All exchanges in order, and what did not fit."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.violations: list[Violation] = []

    def count(self, method: str | None = None, operation: str | None = None) -> int:
        """How many calls of the interfaces there were, those that a fault cut off included; git's own are none."""
        return sum(method in {None, each.method} and operation in {None, each.operation} for each in self.exchanges)

    def writes(self) -> list[Exchange]:
        """The calls that were carried out and may have changed something."""
        reading = {"GET", "HEAD"}
        return [each for each in self.exchanges if each.method not in reading and each.status in range(200, 300)]

    def clear(self) -> None:
        """Begin anew; violations stay."""
        self.exchanges.clear()

    def allow(self, fits: Callable[[Violation], bool]) -> list[Violation]:
        """Take out the violations that a test meant to provoke, and return them."""
        taken = [each for each in self.violations if fits(each)]
        self.violations = [each for each in self.violations if not fits(each)]
        return taken
