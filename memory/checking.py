"""What `nova memory` tells: how much there is, and whether it all holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import shelving, tables
from memory.aside import beside
from memory.book import Shelf, fold
from memory.errors import MemoryUnavailable

if TYPE_CHECKING:
    from memory.db import Db
    from memory.ledger import Ledger

SCANS = {
    "life": "select bit_xor(hash(life)) from life",
    "run": "select bit_xor(hash(run)) from run",
    "verdict": "select bit_xor(hash(verdict)) from verdict",
    "past": "select bit_xor(hash(past)) from past",
    "item": "select bit_xor(hash(item)) from item",
    "use": "select bit_xor(hash(use)) from use",
    "posting": "select bit_xor(hash(posting)) from posting",
    "vector": "select bit_xor(hash(vector)) from vector",
    "cache": "select bit_xor(hash(cache)) from cache",
    "page": "select bit_xor(hash(page)) from page",
}
"""A query for each table that reads all of it."""
NUMBERS = (
    "runs", "lives", "open", "verdicts", "items", "cached", "cached_bytes", "pages", "page_bytes", "events", "schema",
)  # fmt: skip


def stats(ledger: Ledger) -> dict[str, int | str]:
    """How much there is, and how much room it takes."""
    numbers = ledger.read(_numbers)
    size = sum(file.stat().st_size for file in (ledger.path, beside(ledger.path, ".wal")) if file.exists())
    journal = ledger.journal.path
    return {
        "database": str(ledger.path),
        "journal": str(journal),
        "database_bytes": size,
        "journal_bytes": journal.stat().st_size if journal.exists() else 0,
        **numbers,
    }


def _numbers(db: Db) -> dict[str, int]:
    query = (
        "select (select count(*) from run) runs, (select count(*) from life) lives,"
        " (select count(*) from life where state = 'open') open, (select count(*) from verdict) verdicts,"
        " (select count(*) from item) items,"
        " (select count(*) from cache) cached, (select coalesce(sum(octet_length(data)), 0) from cache) cached_bytes,"
        " (select count(*) from page) pages, (select coalesce(sum(octet_length(data)), 0) from page) page_bytes,"
        " (select seq from mark) events, (select max(number) from migration) version"
    )
    return dict(zip(NUMBERS, map(int, db.execute(query).fetchall()[0]), strict=True))


def check(ledger: Ledger) -> list[str]:
    """What is wrong with the journal or the database, in sentences."""
    problems: list[str] = []
    told: dict[str, Shelf] = {}
    fold(told, (event for event, _ in ledger.journal.read(0, problems)), problems)
    torn = ledger.journal.torn()
    if torn:
        problems.append(f"{ledger.journal.path.name}: the last {torn} bytes are an event that was never finished")
    for table, scan in SCANS.items():
        fault = ledger.fault(scan)
        if fault:
            problems.append(f"{ledger.path.name}: the table {table!r} cannot be read: {fault}")
    if problems:
        return problems
    try:
        there = ledger.read(lambda db: {target: shelving.whole(db, target) for target in tables.targets(db)})
    except MemoryUnavailable as error:
        return [f"{error.what}: {error.why}"]
    for target in sorted(there.keys() | told.keys()):
        names = _different(there.get(target, Shelf()), told.get(target, Shelf()))
        if names:
            problems.append(f"{target}: the database and the journal tell different {names}; rebuild the memory")
    return problems


def _different(there: Shelf, told: Shelf) -> str:
    pairs = {
        "lives": (there.lives, told.lives),
        "runs": (there.runs, told.runs),
        "verdicts": (there.verdicts, told.verdicts),
        "items": (there.items, told.items),
        "uses": (there.uses, told.uses),
        "events": (sorted(there.past, key=repr), sorted(told.past, key=repr)),
    }
    return " and ".join(name for name, (one, other) in pairs.items() if one != other)
