"""What an error of the engine means for memory. DuckDB tells most of it in words."""

from __future__ import annotations

import enum
import re
from pathlib import Path

HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)")
REFUSED = (
    "No space left",
    "Disk quota exceeded",
    "File too large",
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "read-only mode",
    "Not a directory",
    "Is a directory",
)
BROKEN = ("Corrupt", "corrupt", "Failure while replaying", "enough bytes from file", "not a valid", "Extension ")
"""The last: a file that begins like another format is handed to an extension, which is not there."""
BROKEN_KINDS = ("Error", "SerializationException", "InternalException", "FatalException")
REFUSED_KINDS = ("IOException", "OutOfMemoryException", "InterruptException")
"""What may be otherwise the next time: a file is not to blame for it."""


class Trouble(enum.Enum):
    """The kinds of trouble that are told apart."""

    HELD = "held"
    NEWER = "newer"
    REFUSED = "refused"
    CONFLICT = "conflict"
    DAMAGED = "damaged"
    OTHER = "other"


def trouble(error: BaseException) -> Trouble:
    """The kind of trouble that an error of the engine tells of."""
    words, kind = str(error), type(error).__name__
    if "Could not set lock" in words or "being used by another process" in words:
        return Trouble.HELD
    if "newer version of DuckDB" in words:
        return Trouble.NEWER
    if any(part in words for part in REFUSED):
        return Trouble.REFUSED
    if kind == "TransactionException" and "onflict" in words:
        return Trouble.CONFLICT
    if kind in BROKEN_KINDS or any(part in words for part in BROKEN):
        return Trouble.DAMAGED
    return Trouble.REFUSED if kind in REFUSED_KINDS else Trouble.OTHER


def holder(error: BaseException) -> tuple[int | None, str | None]:
    """Which process holds the database, and the command it runs, as far as they are known."""
    found = HOLDER.search(str(error))
    if found is None:
        return None, None
    pid = int(found[2])
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        words = [found[1]]
    return pid, " ".join(word for word in words if word) or found[1]


def first_line(error: BaseException) -> str:
    """The first line of what the engine said."""
    return str(error).partition("\n")[0]
