"""How the database is opened: waiting for who holds it, and setting aside what is damaged."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from memory import tables
from memory.aside import beside, set_aside
from memory.errors import Held, MemoryUnavailable, NewerMemory, NotAMemory, Unwritable
from memory.trouble import Trouble, first_line, holder, trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from memory.db import Db
    from memory.event import Mark

T = TypeVar("T")
PAUSE = 0.05
LOGS = (".wal", ".wal.checkpoint", ".wal.recovery")
MAGIC = b"DUCK"


def hold(connect: Callable[[], T], path: Path, wait: float, on_wait: Callable[[str], None] | None) -> T:
    """What ``connect`` gives, as soon as no other process holds the database. Raises ``Held`` when the wait is over."""
    deadline = time.monotonic() + wait
    told = False
    while True:
        try:
            return connect()
        except Exception as error:
            if trouble(error) is not Trouble.HELD:
                raise
            left = deadline - time.monotonic()
            if left <= 0:
                raise _held(path, error, wait) from error
            if on_wait is not None and not told:
                on_wait(f"waiting for {_who(error)} to let go of the memory")
                told = True
        time.sleep(min(PAUSE, left))


def reach(connect: Callable[[Path], Db], path: Path) -> tuple[Db, tuple[int, Mark] | None]:
    """The database at a path, and how far it came; one that is made now is for its owner alone.

    Another process may put a fresh file in its place before this one holds it: then that is opened.
    """
    there = _file(path)
    db = connect(path)
    while there and there != _file(path):
        db.close()
        there, db = _file(path), connect(path)
    try:
        if not there:
            with suppress(OSError):
                path.chmod(0o600)
        return db, tables.position(db)
    except BaseException:
        db.close()
        raise


def _file(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None where there is none."""
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def refuse_others(path: Path, journal: Path) -> None:
    """Raise ``NotAMemory`` for a file that is no database and has no journal beside it: it was never ours."""
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except FileNotFoundError:
        return
    except IsADirectoryError:
        start = b"a folder"
    except OSError as error:
        raise refused(path, error) from error
    if start and start[8:] != MAGIC and not journal.exists():
        raise NotAMemory(
            "this file is not a memory",
            why=f"{path} is something else; it was left as it is",
            next_step="name another file with --db",
        )
    if not start:
        path.unlink()


def mend(path: Path, error: Exception, attempt: Callable[[], T], *, in_use: bool) -> tuple[T, str]:
    """Open a database that failed with ``error``: as it is, then without its log, then without itself.

    One that failed ``in_use`` opens well and is no good all the same. Gives what ``attempt`` gave, and a sentence
    about what was set aside.
    """
    logs = [beside(path, suffix) for suffix in LOGS]
    stages = [([], ""), (logs, "the end of the database"), ([path, *logs], "the database")]
    for files, what in stages[-1:] if in_use else stages:
        there = [file for file in files if file.exists()]
        if files and not there:
            continue
        kept = [set_aside(file) for file in there]
        try:
            found = attempt()
        except MemoryUnavailable:
            raise
        except Exception as again:
            if trouble(again) in {Trouble.HELD, Trouble.REFUSED}:
                raise
            error = again
            continue
        names = " and ".join(file.name for file in kept)
        return found, f"{what} was damaged and has been set aside as {names}" if kept else ""
    raise refused(path, error) from error


def refused(path: Path, error: Exception) -> MemoryUnavailable:
    """The error for a person, where the engine or the system would not."""
    if trouble(error) is Trouble.NEWER:
        return NewerMemory(
            "the database was written by a newer DuckDB",
            why=first_line(error),
            next_step="update Nova, or name another database with --db",
        )
    return Unwritable(
        "the memory cannot be used",
        why=f"{path}: {first_line(error)}",
        next_step="make room or give yourself the right to write there, or name another database with --db",
    )


def _who(error: BaseException) -> str:
    pid, command = holder(error)
    return "another process" if pid is None else f"process {pid} ({command})"


def _held(path: Path, error: BaseException, wait: float) -> Held:
    pid, command = holder(error)
    return Held(
        f"the memory is held by {_who(error)}",
        why=f"only one process at a time can open {path}; waited {wait:g} seconds",
        next_step="wait until it has ended, or end it, and try again",
        pid=pid,
        command=command,
    )
