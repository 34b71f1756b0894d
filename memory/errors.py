"""What can keep memory from being used. Each error says what, why, and what to do next."""

from __future__ import annotations


class MemoryUnavailable(Exception):
    """Memory cannot be used now; a review goes on without it."""

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step


class Held(MemoryUnavailable):
    """Another process holds the database. ``pid`` and ``command`` are None where they are not known."""

    def __init__(
        self, what: str, *, why: str, next_step: str, pid: int | None = None, command: str | None = None
    ) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.pid = pid
        self.command = command


class NewerMemory(MemoryUnavailable):
    """The database or the journal was written by a newer Nova; nothing was touched."""


class Unwritable(MemoryUnavailable):
    """The folder or the disk takes no writes: no permission, read-only, full."""


class NotAMemory(MemoryUnavailable):
    """The file belongs to something else; it was left as it is."""


class Conflict(MemoryUnavailable):
    """Two parts of one process wrote at the same moment, again and again."""
