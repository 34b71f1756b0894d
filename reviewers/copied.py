"""A copy of this very process, which has imported already what a new one would still have to: fork, with care."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT: list[object] = []
"""In a copy: the streams that it was born with. Freed, they would close numbers that other files have by then."""
MOST_FILES = 4096
"""Beyond this number no file is looked for that the copy should close."""


def may_be_copied() -> bool:
    """Whether nothing but this thread runs here: a lock that another one held would stay locked in the copy."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


class Copy:
    """A child process that does one thing, spoken to through pipes like one of ``subprocess``."""

    def __init__(self, serve: Callable[[], None]) -> None:
        there, into = os.pipe()
        out, back = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _become(serve, there, back)
        os.close(there)
        os.close(back)
        self.stdin = os.fdopen(into, "wb")
        self.stdout = os.fdopen(out, "rb")
        self._code: int | None = None

    def wait(self) -> int:
        """Wait for its end; the exit code, or the signal that ended it below zero."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def kill(self) -> None:
        """End it at once."""
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)


def _become(serve: Callable[[], None], there: int, back: int) -> None:
    """Be the copy, to the end: nothing of what the process was at goes on, and no file of it stays open."""
    try:
        import gc

        gc.freeze()  # what was there before is never looked through again, which would copy all of it
        _KEPT.extend((sys.stdin, sys.stdout, sys.stderr))
        os.dup2(there, 0)
        os.dup2(back, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.closerange(3, MOST_FILES)
        sys.stdin = os.fdopen(0, "r", encoding="ascii", closefd=False)
        serve()
    finally:
        os._exit(1)
