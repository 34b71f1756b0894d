"""What to do when the journal and the tables do not go on from one another: bring them together, and lose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory import shelving, tables
from memory.book import Shelf, counted, fold, lost
from memory.event import NOWHERE, RESTORED, Entry, Mark
from memory.item import FORGOTTEN, ID
from memory.item_tables import number
from memory.journal import NAME_KEPT

if TYPE_CHECKING:
    from memory.db import Db
    from memory.journal import Journal


@dataclass(frozen=True, slots=True)
class Reconciled:
    """All that is to stand in the tables, up to where the journal is told by it, and sentences for the person."""

    shelves: dict[str, Shelf]
    mark: Mark
    notices: tuple[str, ...]
    gone: tuple[int, ...] | None
    """The numbers of items whose texts may stand in the database and must not: it is to be written anew. Or None."""


def reconcile(db: Db, journal: Journal, known: Mark, said: str) -> Reconciled:
    """Read both sides, and record in the journal what only the tables knew; the tables are left as they are.

    ``known`` is the mark that the tables had, ``said`` what was said of the database before. The journal is locked.
    """
    complaints: list[str] = []
    there = {target: shelving.whole(db, target) for target in tables.targets(db)}
    had_journal = journal.path.exists()
    had_header = journal.header() is not None
    mark = journal.ensure()
    names = journal.erased_from()
    is_before = bool(names) and known.journal not in {"", mark.journal}
    recorded = list(journal.read(0, complaints))
    shelves: dict[str, Shelf] = {}
    fold(shelves, (event for event, _ in recorded), complaints)
    saved = {target: lost(shelf, shelves.get(target, Shelf())) for target, shelf in there.items()}
    entries = [Entry(RESTORED, target, data, "nova", "database", "") for target, data in saved.items() if data]
    if entries:
        _, told = journal.append(entries, above=known.seq)
        fold(shelves, (event for event, _ in told), complaints)
        recorded += told
    if recorded:
        event, end = recorded[-1]
        mark = replace(mark, end=end, seq=max(event.seq for event, _ in recorded), sum=event.sum)
    sentence = ""
    if said or (recorded and not there and known == NOWHERE):
        sentence = f"{said or 'the database was missing'}; rebuilt from the journal"
    elif not had_journal and entries:
        sentence = "the journal was missing; a new one was written from the database"
    elif had_journal and not had_header:
        sentence = "the first line of the journal was damaged; its other lines were kept"
    elif entries:
        sentence = "the journal lacked some of what the database knew; it was added there"
    elif is_before and known.journal[:NAME_KEPT] in names:
        sentence = "an erasing that had been interrupted was finished"
    elif recorded and known.journal not in {"", mark.journal}:
        sentence = "the journal is another one than before; rebuilt from it"
    notices = (f"{sentence}: {counted(shelves.values())}", *complaints) if sentence else tuple(complaints)
    rows = (row for shelf in shelves.values() for row in shelf.items.values() if row[FORGOTTEN])
    gone = tuple(number(row[ID]) for row in rows) if is_before else None
    return Reconciled(shelves, mark, notices, gone)
