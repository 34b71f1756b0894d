"""Writing a file that belongs to somebody: whole or not at all, and only over what was read."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from nova.errors import UsageError


def replace_file(root: Path, path: str, before: bytes, after: bytes) -> None:
    """Replace a file below ``root`` at once, with its rights kept; what is new is first on the disk, then in its place.

    Raises ``UsageError``, with nothing changed, where it does not hold ``before`` any more or cannot be written.
    """
    place = root / path
    try:
        state = place.lstat()
        if not stat.S_ISREG(state.st_mode) or root.resolve() not in place.resolve().parents:
            raise UsageError(f"{path} is not a file of its own in this repository")
        if place.read_bytes() != before:
            raise UsageError(f"{path} was changed while its fix was proved", next_step="run nova fix again")
        _put(place, after, stat.S_IMODE(state.st_mode))
    except OSError as error:
        raise UsageError(f"{path} could not be written", why=error.strerror or str(error)) from error


def _put(place: Path, data: bytes, rights: int) -> None:
    number, temporary = tempfile.mkstemp(prefix=".nova-", dir=place.parent)
    name = Path(temporary)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        name.chmod(rights)
        name.replace(place)
    except BaseException:
        name.unlink(missing_ok=True)
        raise
