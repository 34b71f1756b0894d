"""The journal and the tables held together: what is recorded reaches both, the journal first."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from memory import migrations, opening, tables
from memory.aside import beside, make_folder
from memory.errors import Conflict, MemoryUnavailable, NewerMemory
from memory.event import NOWHERE, RESTORED, Mark
from memory.journal import Journal
from memory.trouble import Trouble, first_line, trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from memory.db import Db
    from memory.event import Entry, Event
    from memory.renewing import Keep

T = TypeVar("T")
TRIES = 6
PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Engine:
    """How to connect to a database file, and what that may raise."""

    connect: Callable[[Path], Db]
    errors: tuple[type[Exception], ...]


class Ledger:
    """A database that is open, and its journal."""

    def __init__(self, path: Path, engine: Engine, wait: float, on_wait: Callable[[str], None] | None) -> None:
        self.path = path
        self.journal = Journal(beside(path, ".jsonl") if path.suffix == ".jsonl" else path.with_suffix(".jsonl"))
        self.notices: list[str] = []
        self._engine = engine
        self._patience = wait, on_wait
        self._db: Db | None = None
        self._mark = NOWHERE
        self._lives: dict[str, list[tuple[Any, ...]]] = {}
        self._mended = False
        self._together = False

    def open(self) -> None:
        """Hold the database, and bring it up to what the journal tells."""
        self.journal.header()
        try:
            make_folder(self.path.parent)
        except OSError as error:
            raise opening.refused(self.path, error) from error
        opening.refuse_others(self.path, self.journal.path)
        if not self.path.exists():
            self.journal.ensure()
        try:
            try:
                self._settle(self._hold(), "")
            except self._engine.errors as error:
                self._recover(error)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        db, self._db = self._db, None
        if db is not None:
            with suppress(*self._engine.errors):
                db.close()

    def pause(self) -> None:
        """Let go of the database for a moment, so that a process that waits for it can have it."""
        self.close()
        self._lives.clear()
        time.sleep(PAUSE)
        self.open()

    def read(self, work: Callable[[Db], T]) -> T:
        """What ``work`` reads from the database."""
        if self._together:
            return work(self._open_db())
        return self._guarded(lambda: work(self._open_db()))

    def write(self, work: Callable[[Db], T]) -> T:
        """What ``work`` gives when it has written to the database, in one transaction."""
        if self._together:
            return work(self._open_db())
        return self._guarded(lambda: self._transaction(work))

    def together(self, work: Callable[[], T]) -> T:
        """What ``work`` gives; all that it writes is one transaction. It may be asked again."""

        def whole(_: Db) -> T:
            self._together = True
            try:
                return work()
            finally:
                self._together = False

        return self.write(whole)

    def lives(self, target: str) -> list[tuple[Any, ...]]:
        """The rows of a target's lives; they are remembered for the run that will follow."""
        self._lives[target] = self.read(lambda db: tables.lives(db, target))
        return self._lives[target]

    def remembered(self, target: str) -> list[tuple[Any, ...]]:
        """The rows of a target's lives as they were read last, until something changes them."""
        return self._lives.get(target) or self.lives(target)

    def record(self, entries: Sequence[Entry], *, above: int = 0) -> None:
        """Write entries to the journal, and then what follows from them to the tables.

        Their numbers are greater than ``above``. When this raises, and the entries did reach the journal, the tables
        catch up at the next opening.
        """
        self._open_db()
        begin, recorded = self.journal.append(entries, above=above)
        self._guarded(lambda: self._catch_up(recorded if begin == self._mark.end else None))

    def fault(self, query: str) -> str | None:
        """What the engine says against a query; None where it answers. Nothing is mended."""
        try:
            self._open_db().execute(query).fetchall()
        except self._engine.errors as error:
            return first_line(error)
        return None

    def rebuild(self) -> None:
        """Derive the tables anew from the journal; what only they knew is recorded there first."""
        self._guarded(lambda: self._reconcile(""))

    def renew(self, keep: Mapping[str, Keep], write: Callable[[Db], None] | None = None) -> None:
        """Let a fresh file take the database's place, with the rows that are kept and what ``write`` adds to them.

        The database is let go of then, and has to be opened again. When this raises, the old file stands.
        """
        if self._together:
            raise RuntimeError("a database is not written anew in the middle of a transaction")
        self._guarded(lambda: self._renew(keep, write))

    def catch_up(self) -> None:
        """Apply whatever the journal tells beyond what the tables hold."""
        self._guarded(lambda: self._catch_up(None))

    def _renew(self, keep: Mapping[str, Keep], write: Callable[[Db], None] | None) -> None:
        from memory import renewing

        try:
            renewing.renew(self._open_db(), self._engine.connect, self.path.resolve(), keep, write)
        except OSError as error:
            raise opening.refused(self.path, error) from error
        self.close()
        self._lives.clear()

    def _open_db(self) -> Db:
        if self._db is None:
            raise MemoryUnavailable("the memory is closed", why="it was let go of", next_step="open it again")
        return self._db

    def _hold(self) -> tuple[Db, tuple[int, Mark] | None]:
        return opening.hold(lambda: opening.reach(self._engine.connect, self.path), self.path, *self._patience)

    def _settle(self, found: tuple[Db, tuple[int, Mark] | None], said: str) -> None:
        """Make the database that was found fit for use: its shape first, then what it holds."""
        self._db, place = found
        version, self._mark = place or (0, NOWHERE)
        if version > len(migrations.STEPS):
            self._db.execute("pragma disable_checkpoint_on_shutdown")
            raise NewerMemory(
                "the database was written by a newer Nova",
                why=f"{self.path} has schema version {version}; this Nova knows up to {len(migrations.STEPS)}",
                next_step="update Nova, or name another database with --db",
            )
        if version < len(migrations.STEPS):
            migrations.migrate(self._db, version)
        same, size = self.journal.stands_at(self._mark)
        if not same or size < self._mark.end:
            self._reconcile(said)
            return
        self.journal.resume(self._mark)
        if size > self._mark.end:
            self._catch_up(None)
        if said:
            self.notices.append(f"{said}; what it held was read again from the journal")

    def _guarded(self, work: Callable[[], T]) -> T:
        """What ``work`` gives; where the database turns out to be damaged, it is mended and asked again."""
        try:
            try:
                return work()
            except self._engine.errors as error:
                if trouble(error) is not Trouble.DAMAGED:
                    raise
                self._recover(error)
            return work()
        except self._engine.errors as error:
            raise opening.refused(self.path, error) from error

    def _recover(self, error: Exception) -> None:
        """Set aside what is damaged and open what is left: the log, then the database; a second one is no accident."""
        in_use = self._db is not None
        self.close()
        if self._mended or trouble(error) in {Trouble.NEWER, Trouble.REFUSED}:
            raise opening.refused(self.path, error) from error
        self._mended = in_use
        self._lives.clear()
        try:
            with self.journal.locked():
                found, said = opening.mend(self.path, error, self._hold, in_use=in_use)
                try:
                    self._settle(found, said)
                except self._engine.errors as again:
                    if in_use or trouble(again) is not Trouble.DAMAGED:
                        raise
                    self.close()  # without its log it could be opened, and no more
                    self._mended = True
                    found, said = opening.mend(self.path, again, self._hold, in_use=True)
                    self._settle(found, said)
                if in_use:
                    self._index()
        except self._engine.errors as again:
            self.close()
            raise opening.refused(self.path, again) from again

    def _index(self) -> None:
        """Put all words into the index: what is asked again may be a search that has seen to the index before."""
        from memory import item_tables

        self._transaction(item_tables.index_all)

    def _transaction(self, work: Callable[[Db], T]) -> T:
        for _ in range(TRIES - 1):
            with suppress(Conflict):
                return self._once(work)
            time.sleep(PAUSE)
        return self._once(work)

    def _once(self, work: Callable[[Db], T]) -> T:
        db = self._open_db()
        db.begin()
        try:
            result = work(db)
            db.commit()
        except BaseException as error:
            with suppress(*self._engine.errors):
                db.rollback()
            if trouble(error) is Trouble.CONFLICT:
                raise Conflict(
                    "another part of this process wrote to the memory at the same moment",
                    why=str(error),
                    next_step="try again",
                ) from error
            raise
        with suppress(OSError):
            beside(self.path, ".wal").chmod(0o600)
        return result

    def _catch_up(self, recorded: list[tuple[Event, int]] | None) -> None:
        """Apply what the journal tells beyond the mark: ``recorded``, where that is known to be all of it."""
        complaints: list[str] = []

        def apply(db: Db) -> Mark | None:
            place = tables.position(db)
            mark = place[1] if place else NOWHERE
            events = recorded
            if events is None or mark != self._mark:
                self._lives.clear()
                events = list(self.journal.read(mark.end, complaints))
            if any(event.kind == RESTORED for event, _ in events):
                return None
            if not events:
                return mark
            self._apply(db, [event for event, _ in events], complaints)
            event, end = events[-1]
            mark = replace(mark, end=end, seq=max(mark.seq, event.seq), sum=event.sum)
            tables.set_mark(db, mark)
            return mark

        mark = self._transaction(apply)
        if mark is None:
            self._reconcile("")
        else:
            self._mark = mark
            self.notices += complaints

    def _apply(self, db: Db, events: list[Event], complaints: list[str]) -> None:
        from memory import shelving
        from memory.book import fold

        shelves = {}
        for target in {event.target for event in events}:
            known = self._lives.pop(target, [])
            if not known and any(event.kind == "run" and event.target == target for event in events):
                known = tables.lives(db, target)
            shelves[target] = shelving.to_fold_on(db, target, known, [e for e in events if e.target == target])
        fold(shelves, events, complaints)
        for target, shelf in shelves.items():
            shelving.write_changes(db, target, shelf)

    def _reconcile(self, said: str) -> None:
        from memory import renewing, shelving
        from memory.reconciling import reconcile

        with self.journal.locked():
            result = reconcile(self._open_db(), self.journal, self._mark, said)

            def put(db: Db) -> None:
                shelving.replace_all(db, result.shelves)
                tables.set_mark(db, result.mark)

            if result.gone is None:
                self._transaction(put)
            else:
                self._renew(renewing.caches(result.gone), put)
        if result.gone is not None:
            self._db, _ = self._hold()
        self._lives.clear()
        self._mark = result.mark
        self.journal.resume(result.mark)
        self.notices += result.notices
