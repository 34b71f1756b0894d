"""Writes the report of a run, line by line, each signed with a key and chained to the one before.

The suite runs in the same process and can write to the same file, but a line that it adds, changes or takes away is
seen, for it does not know the key.
"""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from typing import Any


class Telling:
    """The report. A process that was forked from this one writes nothing."""

    def __init__(self, path: str, key: bytes) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        self._process = os.getpid()
        self._last = b""

        def signed(data: bytes) -> bytes:
            return blake2b(data, key=key, digest_size=16).hexdigest().encode()

        self._signed = signed
        self._write, self._getpid, self._dumps = os.write, os.getpid, json.dumps

    def tell(self, **told: Any) -> None:
        """Add a line. Where the suite has closed the file, the report stays torn, and is seen to be."""
        if self._getpid() != self._process:
            return
        body = self._dumps(told, separators=(",", ":")).encode("ascii")
        self._last = self._signed(self._last + body)
        try:
            self._write(self._file, self._last + b" " + body + b"\n")
        except OSError:
            return

    def test(self, name: str, seen: str, seconds: float, says: str) -> None:
        """What became of one test; ``says`` is one line on why it did not pass."""
        self.tell(test=name, seen=seen, seconds=round(seconds, 4), says=says[:300])

    def end(self, status: int, files: dict[str, str]) -> None:
        """The end mark: the runner's status, and what else was written, as names with their digests."""
        self.tell(end=status, files=files)
