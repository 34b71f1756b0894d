"""A lock between processes, kept by the operating system: it goes when its holder goes."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from memory.errors import Held

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 10.0
PAUSE = 0.01


class Lock:
    """Held while a ``with`` block runs; who holds it may take it again. Raises ``OSError`` where there are no locks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._depth = 0
        self._file = -1

    def __enter__(self) -> None:
        if self._depth == 0:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                self._wait(file)
            except BaseException:
                os.close(file)
                raise
            self._file = file
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            _release(self._file)
            os.close(self._file)

    def _wait(self, file: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _take(file):
            if time.monotonic() > deadline:
                raise Held(
                    "the journal is being written by another process",
                    why=f"{self.path} has been locked for {PATIENCE:g} seconds",
                    next_step="wait for the other Nova to end, or end it",
                )
            time.sleep(PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
