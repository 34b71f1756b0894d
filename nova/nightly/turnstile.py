"""One night at a time on a machine: a file that the running one holds, and in which it writes down how far it is.

The hold is a record lock of the operating system (``fcntl.lockf``): it ends with its process, however that ends, and a
child process does not inherit it. What stands in the file outlives a killed night, and the next one goes on from there.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nova.errors import NovaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "nightly.json"
LONGEST = 100_000
"""Bytes of the file that are read."""


class UnderWay(UsageError):
    """Another process is at its night."""


class Kept:
    """What a night writes down while it holds the file: what it is for, and the turns that it began."""

    def __init__(self, file: int, what: str, turns: list[str]) -> None:
        self._file = file
        self._what = what
        self._since = _now()
        self.turns = turns

    def begin(self, turn: str) -> None:
        """Write down a turn before it does anything."""
        self.turns.append(turn)
        self.write()

    def write(self, *, ended: bool = False) -> None:
        """Put the present state on the disk. Raises ``NovaError`` where that fails: then nothing may be begun."""
        told = {
            "pid": os.getpid(), "since": self._since, "what": self._what, "turns": self.turns, "ended": ended
        }  # fmt: skip
        data = json.dumps(told).encode("ascii")
        try:
            os.pwrite(self._file, data.ljust(os.fstat(self._file).st_size), 0)
            os.ftruncate(self._file, len(data))
            os.fsync(self._file)
        except OSError as error:
            raise NovaError("the night cannot be written down", why=error.strerror or str(error)) from error


@contextmanager
def held(folder: Path, what: str) -> Iterator[Kept]:
    """Hold the file for the length of a night. ``what`` is its targets and its plan: only the same is gone on with.

    Raises ``UnderWay`` where another process holds it, and ``UsageError`` where there can be no such file.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UsageError(
            "the night cannot be begun, for where it is cannot be written down", why=f"{path}: {error.strerror}"
        ) from error
    try:
        before = _read(file)
        if not _take(file):
            raise _under_way(before, path)
        before = _read(file)  # the one that held it may have written meanwhile
        goes_on = not before.get("ended", True) and before.get("what") == what
        kept = Kept(file, what, [str(turn) for turn in before.get("turns", ())] if goes_on else [])
        kept.write()
        yield kept
        kept.write(ended=True)
    finally:
        os.close(file)


def _under_way(told: dict[str, Any], path: Path) -> UnderWay:
    since = f" since {told['since']}" if told.get("since") else ""
    process = f"process {told['pid']}" if told.get("pid") else "another process"
    return UnderWay(
        f"a night is under way{since}: {process}, {told.get('what') or 'of which nothing is told'}",
        why="one runs at a time on a machine",
        next_step=f"wait for it, or end it; it holds {path}",
    )


def _read(file: int) -> dict[str, Any]:
    """What stands in the file; nothing where it was not finished, or is none of ours."""
    try:
        found = json.loads(os.pread(file, LONGEST, 0))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _take(file: int) -> bool:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return True
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
