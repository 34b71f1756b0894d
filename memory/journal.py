"""The journal: one event a line, append-only, flushed to disk before anything else knows of it. It is the truth.

Only what a person wants erased is taken out again: then it is written anew, under another name.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from memory.aside import beside, free_name, put_whole, sync_folder
from memory.errors import NewerMemory, Unwritable
from memory.event import HEADER, TAIL, Event, Mark, lines, loose, parse, sealed
from memory.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from memory.event import Entry

    Recorded = tuple[Event, int]
    """An event and the offset behind it."""

VERSION = 1
NAME_KEPT, NAMES_KEPT = 16, 20
"""What is kept of the names that a journal had before: so much of each, too little to be taken for it, and so many."""
HEADER_MOST = 4096
BINARY = getattr(os, "O_BINARY", 0)


class Journal:
    """A file of events. Lines that do not hold are passed over and told in ``complaints`` of ``read``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = Lock(beside(path, ".lock"))
        self._end = 0
        self._seq = 0

    def header(self) -> Mark | None:
        """Which journal this is, as a mark behind its first line; None where none is there. Raises ``NewerMemory``."""
        try:
            with self.path.open("rb") as file:
                line = file.readline(HEADER_MOST)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unwritable(error) from None
        event = parse(line)
        version = (event.data if event and event.kind == HEADER else loose(line)).get("version")
        if isinstance(version, int) and version > VERSION:
            raise NewerMemory(
                "the journal was written by a newer Nova",
                why=f"{self.path} has version {version}; this Nova knows up to {VERSION}",
                next_step="update Nova, or name another database with --db",
            )
        if event is None or event.kind != HEADER:
            return None
        return Mark(str(event.data.get("uuid")), len(line), event.seq, event.sum)

    def ensure(self) -> Mark:
        """The header; a new journal with nothing in it but that, where there is none or an empty file."""
        with self.locked():
            found = self.header()
            if found is None and self._size():
                found = self._replace_header()
            return found or self._create()

    def _create(self) -> Mark:
        uuid, now = os.urandom(16).hex(), _now()
        line, event = sealed(Event(0, HEADER, "nova", "memory", now, now, "", {"uuid": uuid, "version": VERSION}, ""))
        put_whole(self.path, line)
        self._end, self._seq = len(line), 0
        return Mark(uuid, len(line), 0, event.sum)

    def _replace_header(self) -> Mark:
        """A new header before the lines that hold, where the first line is lost; the old file is kept beside it."""
        old = self.path.read_bytes()
        kept = free_name(self.path, ".damaged")
        kept.write_bytes(old)
        kept.chmod(0o600)
        mark = self._create()
        whole = [line for line in old.splitlines(keepends=True) if parse(line)]
        put_whole(self.path, self.path.read_bytes() + b"".join(whole))
        self._end, self._seq = mark.end, 0
        return mark

    def resume(self, mark: Mark) -> None:
        """Trust that everything before the mark was read and holds."""
        self._end, self._seq = mark.end, mark.seq

    def stands_at(self, mark: Mark) -> tuple[bool, int]:
        """Whether this is still the journal that the mark was set in, and its size. Reads a few bytes only."""
        try:
            with self.path.open("rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                same = bool(mark.journal) and b'"uuid":"%s"' % mark.journal.encode() in file.read(HEADER_MOST)
                file.seek(max(0, mark.end - TAIL))
                return same and file.read(TAIL) == b',"sum":"%s"}\n' % mark.sum.encode(), size
        except OSError:
            return False, 0

    def append(self, entries: Sequence[Entry], *, above: int = 0) -> tuple[int, list[Recorded]]:
        """Record entries with one write, on disk when this returns; their numbers are ``above`` another at least.

        Gives the offset at which they begin, and each event with the offset behind it. Raises ``Unwritable``, and
        then nothing was recorded.
        """
        with self.locked():
            self.ensure()
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | BINARY)
            try:
                self._find_end(file)
                self._seq = max(self._seq, above)
                return self._append(file, entries)
            finally:
                os.close(file)

    def rewrite(self, changed: Callable[[bytes], bytes]) -> tuple[Mark, int] | None:
        """Write the journal anew, each line as ``changed`` gives it: its end, and how many lines became others.

        It gets a new name, for whoever read the old one must not go on in this one, and tells the old one's
        beginning. Where no line changes nothing is done. A crash leaves the one or the other. Raises ``Unwritable``.
        """
        with self.locked():
            before = self.ensure()
            with self.path.open("r+b") as file:
                self._find_end(file.fileno())
            real = self.path.resolve()
            fresh = beside(real, ".new")
            mark, count = self._copy(fresh, before, changed)
            if not count:
                fresh.unlink()
                return None
            fresh.replace(real)
            sync_folder(real.parent)
            self.resume(mark)
            return mark, count

    def erased_from(self) -> tuple[str, ...]:
        """How the names began that this journal had before texts were erased from it, the last first."""
        try:
            with self.path.open("rb") as file:
                return tuple(loose(file.readline(HEADER_MOST)).get("erased", ()))
        except OSError:
            return ()

    def _copy(self, fresh: Path, before: Mark, changed: Callable[[bytes], bytes]) -> tuple[Mark, int]:
        names = [before.journal[:NAME_KEPT], *self.erased_from()][:NAMES_KEPT]
        uuid, now = os.urandom(16).hex(), _now()
        told = {"uuid": uuid, "version": VERSION, "erased": names}
        last, _ = sealed(Event(0, HEADER, "nova", "memory", now, now, "", told, ""))
        count, end = 0, len(last)
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600)
        with self.path.open("rb") as old, os.fdopen(file, "wb") as new:
            new.write(last)
            old.seek(before.end)
            for was in old:
                line = changed(was)
                count += line != was
                new.write(line)
                end += len(line)
                last = line or last
            new.flush()
            os.fsync(new.fileno())
        event = parse(last)
        return Mark(uuid, end, self._seq, event.sum if event else ""), count

    def read(self, offset: int = 0, complaints: list[str] | None = None) -> Iterator[Recorded]:
        """Each event from ``offset`` on, with the offset behind it; the header is not one, a torn last line neither."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unwritable(error) from None
        with file:
            for event, start, end in lines(file, offset):
                if event is None:
                    if complaints is not None:
                        complaints.append(f"{self.path.name}: the line at byte {start} is damaged and was passed over")
                elif event.kind != HEADER:
                    yield event, end

    def torn(self) -> int:
        """How many bytes at the very end are no whole event: an append that was never finished."""
        try:
            with self.path.open("rb") as file:
                end = max((end for _, _, end in lines(file, 0)), default=0)
                return os.fstat(file.fileno()).st_size - end
        except OSError:
            return 0

    def _append(self, file: int, entries: Sequence[Entry]) -> tuple[int, list[Recorded]]:
        begin = end = self._end
        recorded: list[Recorded] = []
        written: list[bytes] = []
        now = _now()
        for seq, entry in enumerate(entries, self._seq + 1):
            at = entry.at or now
            event = Event(seq, entry.kind, entry.who, entry.source, at, entry.when, entry.target, entry.data, "")
            line, event = sealed(event)
            end += len(line)
            written.append(line)
            recorded.append((event, end))
        try:
            _write(file, b"".join(written))
            os.fsync(file)
        except BaseException:
            os.ftruncate(file, begin)
            raise
        self._end, self._seq = end, self._seq + len(entries)
        return begin, recorded

    def _find_end(self, file: int) -> None:
        """Read on to the real end, and cut what an unfinished append left there."""
        size = os.fstat(file).st_size
        if size < self._end:
            self._end = self._seq = 0
        if size == self._end:
            return
        with os.fdopen(os.dup(file), "rb") as reader:
            for event, _, end in lines(reader, self._end):
                self._end = end
                self._seq = max(self._seq, event.seq if event else 0)
            reader.seek(self._end)
            rest = reader.read()
        if rest:
            aside = os.open(beside(self.path, ".torn"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                _write(aside, rest.rstrip(b"\n") + b"\n")
                os.fsync(aside)
            finally:
                os.close(aside)
            os.ftruncate(file, self._end)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other writers away while a block runs; what the system refuses in it becomes ``Unwritable``."""
        try:
            with self.lock:
                yield
        except OSError as error:
            raise self._unwritable(error) from error

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _unwritable(self, error: OSError) -> Unwritable:
        return Unwritable(
            "the journal cannot be written",
            why=f"{self.path}: {error.strerror or error}",
            next_step="make room or give yourself the right to write there, or name another database with --db",
        )


def _write(file: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
