"""A turn's record as its loop goes along it: what was recorded is taken from there, what comes next is written."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator.record import DAMAGED, stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.orchestrator.frames import Frame
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Clock, Record

RESUMED = "resumed"
CLOSING = frozenset({"step", "cut"})
"""The kinds of line that end what an agent was asked."""


class Tape:
    """Goes along the lines of a turn; behind the last one it writes."""

    def __init__(self, record: Record, clock: Clock, listen: Callable[[Plain], None]) -> None:
        lines = record.lines()
        for line in lines:
            if line["kind"] == DAMAGED:
                raise UsageError(
                    f"the record is damaged at line {line['line']}, so the turn cannot be gone on with",
                    why="what was done behind that line is not known",
                    next_step="nova trace  shows it up to there; ask anew",
                )
        self._record = record
        self._clock = clock
        self._listen = listen
        self._past = deque(line for line in lines if line["kind"] != RESUMED)
        self._next = len(lines)

    @property
    def live(self) -> bool:
        """Whether all that was recorded has been gone along."""
        return not self._past

    def put(self, kind: str, **data: Any) -> Plain:
        """The line of this moment: as it was recorded, or recorded now."""
        if not self._past:
            return self.write(kind, **data)
        line = self._past.popleft()
        if line["kind"] != kind:
            raise UsageError(
                f"the record tells of a {line['kind']} where a {kind} was due, so the turn cannot be gone on with",
                why="Nova or the roster has changed since, or the record was edited",
                next_step="ask anew",
            )
        return line

    def inside(self) -> tuple[list[Plain], Plain | None]:
        """The recorded lines of what an agent was just asked, and the one that ends them, if it is there."""
        found: list[Plain] = []
        while self._past:
            line = self._past.popleft()
            if line["kind"] in CLOSING:
                return found, line
            found.append(line)
        return found, None

    def heed(self, frame: Frame, past: list[Plain], closing: Plain) -> None:
        """Take note of a recorded step; whoever plays it again does more."""

    def write(self, kind: str, *, lasting: bool = True, **data: Any) -> Plain:
        """Record a line now."""
        line = {"n": self._next, "at": stamp(self._clock.now()), "kind": kind, **data}
        self._record.append(line, lasting=lasting)
        self._next += 1
        self._listen(line)
        return line
