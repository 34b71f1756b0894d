"""The records of turns: JSON Lines, one file a turn, each line on the disk before what it tells of is done."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nova.errors import NovaError, UsageError
from nova.orchestrator.lines import MOST_CHARACTERS, copied, dump

if TYPE_CHECKING:
    from pathlib import Path

    from nova.orchestrator.lines import Plain

DAMAGED = "damaged"
"""The kind of a line that stands for the first one that does not hold; nothing behind it is read."""


def new_turn(now: float, tail: str) -> str:
    """The name of a turn: when it began, and a few letters that tell it from one of the same moment."""
    when = datetime.fromtimestamp(now, UTC)
    return f"{when:%Y%m%d-%H%M%S}-{when.microsecond // 1000:03}-{tail}"


def stamp(now: float) -> str:
    """A moment as a record writes it."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")


class FileRecord:
    """One turn's file, held by this process until it is closed."""

    def __init__(self, path: Path, file: int) -> None:
        self._path = path
        self._file = file
        self._lines, whole = _parsed(path.read_bytes())
        if os.fstat(file).st_size > whole and not (self._lines and self._lines[-1]["kind"] == DAMAGED):
            os.ftruncate(file, whole)

    def lines(self) -> list[Plain]:
        """All lines so far."""
        return list(self._lines)

    def append(self, line: Plain, *, lasting: bool = True) -> None:
        """Add a line. Raises ``NovaError`` where it cannot be written: then what it tells of must not be done."""
        try:
            left = memoryview(dump(line).encode("ascii") + b"\n")
            while left:
                left = left[os.write(self._file, left) :]
            if lasting:
                os.fsync(self._file)
        except OSError as error:
            raise NovaError(
                "the turn cannot be recorded, so it stops here",
                why=f"{self._path}: {error.strerror or error}",
                next_step="make room there, then  nova ask --resume",
            ) from error
        self._lines.append(line)

    def close(self) -> None:
        """Let others hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class FileRecords:
    """The turns in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, turn: str) -> FileRecord:
        """A new record, held."""
        path = self._path(turn)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise NovaError(
                "the turn cannot be recorded, so it was not begun", why=f"{path}: {error.strerror or error}"
            ) from error
        _hold(file, turn)
        _sync(self.folder)
        return FileRecord(path, file)

    def open(self, turn: str) -> FileRecord:
        """A record that is there, held."""
        path = self._found(turn)
        try:
            file = os.open(path, os.O_RDWR | os.O_APPEND)
        except OSError as error:
            raise UsageError("the record cannot be opened", why=f"{path}: {error.strerror or error}") from error
        _hold(file, turn)
        return FileRecord(path, file)

    def read(self, turn: str) -> list[Plain]:
        """Its lines up to the first that does not hold."""
        path = self._found(turn)
        try:
            return _parsed(path.read_bytes())[0]
        except OSError as error:
            raise UsageError("the record cannot be read", why=f"{path}: {error.strerror or error}") from error

    def head(self, turn: str) -> Plain | None:
        """Its first line, read without the others; None where that does not hold."""
        try:
            with self._path(turn).open("rb") as file:
                row = file.readline(MOST_CHARACTERS)
        except OSError:
            return None
        return _line(row) if row.endswith(b"\n") else None

    def mentions(self, turn: str, words: str) -> bool:
        """Whether a text is anywhere in it."""
        try:
            return words.encode("ascii") in self._path(turn).read_bytes()
        except OSError:
            return False

    def turns(self) -> list[str]:
        """All turns, the newest first."""
        try:
            with os.scandir(self.folder) as entries:
                names = [entry.name for entry in entries if entry.name.endswith(".jsonl")]
        except OSError:
            return []
        return sorted((name.removesuffix(".jsonl") for name in names), reverse=True)

    def _path(self, turn: str) -> Path:
        return self.folder / f"{turn}.jsonl"

    def _found(self, turn: str) -> Path:
        path = self._path(turn)
        if "/" in turn or "\0" in turn or not path.is_file():
            raise unknown(turn)
        return path


class MemoryRecord:
    """One turn's lines in memory."""

    def __init__(self, lines: list[Plain]) -> None:
        self._lines = lines

    def lines(self) -> list[Plain]:
        """All lines so far."""
        return list(self._lines)

    def append(self, line: Plain, *, lasting: bool = True) -> None:
        """Add a line, as a file would give it back."""
        self._lines.append(copied(line))

    def close(self) -> None:
        """Nothing holds it."""


class MemoryRecords:
    """Turns that last as long as the process."""

    def __init__(self, kept: dict[str, list[Plain]] | None = None) -> None:
        self.kept = {} if kept is None else kept

    def create(self, turn: str) -> MemoryRecord:
        """A new record."""
        return MemoryRecord(self.kept.setdefault(turn, []))

    def open(self, turn: str) -> MemoryRecord:
        """A record that is there."""
        self.read(turn)
        return MemoryRecord(self.kept[turn])

    def read(self, turn: str) -> list[Plain]:
        """Its lines."""
        if turn not in self.kept:
            raise unknown(turn)
        return list(self.kept[turn])

    def head(self, turn: str) -> Plain | None:
        """Its first line."""
        return self.kept[turn][0] if self.kept.get(turn) else None

    def mentions(self, turn: str, words: str) -> bool:
        """Whether a text is anywhere in it."""
        return words in dump(self.kept[turn])

    def turns(self) -> list[str]:
        """All turns, the newest first."""
        return sorted(self.kept, reverse=True)


def unknown(turn: str) -> UsageError:
    """The error for a turn that is not there."""
    return UsageError(f"there is no turn {turn}", next_step="nova trace --list  shows them")


def _parsed(content: bytes) -> tuple[list[Plain], int]:
    """The lines that hold, and where they end. A last line that was never finished is as good as not there."""
    lines: list[Plain] = []
    end = 0
    rows = content.split(b"\n")
    for number, row in enumerate(rows, 1):
        line = _line(row)
        if line is None or line["n"] != len(lines):
            if number < len(rows) - 1:
                lines.append({"n": len(lines), "kind": DAMAGED, "line": number})
            break
        if number == len(rows):
            break
        lines.append(line)
        end += len(row) + 1
    return lines, end


def _line(row: bytes) -> Plain | None:
    try:
        found = json.loads(row)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("kind"), str) and "n" in found else None


def _hold(file: int, turn: str) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise UsageError(
            f"turn {turn} is being worked on by another process", next_step=f"wait for it:  nova trace {turn}"
        ) from None


def _sync(folder: Path) -> None:
    try:
        file = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(file)
    finally:
        os.close(file)
