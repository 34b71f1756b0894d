"""The tables of items: their rows, what became of them in front of readers, and the words that they are found by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from zlib import crc32

from memory.item import COLUMNS, FORGOTTEN, ID, POSITION, SESSION
from memory.stems import EDITION, stems_of
from memory.tables import append, restored
from memory.text import original, storable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from memory.book import Row, Shelf
    from memory.db import Db

    Stemmed = tuple[Row, tuple[str, ...]]
    """A row with the stems by which it is found."""

NAMES = ", ".join(COLUMNS)
MOST_REPEATED = 255
INDEX = "index"
A_STEP = 2000
"""Items whose words are put into the index at once."""


def items(db: Db, target: str, kinds: Collection[str] | None = None) -> list[tuple[Any, ...]]:
    """The rows of a target's items in the order in which they were recorded, those that no longer hold included."""
    query = f"select {NAMES} from item where target = ?"  # noqa: S608 - the names are ours
    given: list[Any] = [target]
    if kinds is not None:
        query += " and kind in (select unnest(?::varchar[]))"
        given.append([str(kind) for kind in kinds])
    return restored(db.execute(f"{query} order by seq, id", given).fetchall())


def beginning(db: Db, targets: Sequence[str], prefix: str) -> list[tuple[Any, ...]]:
    """The target and the row of each item whose id begins so."""
    query = f"select target, {NAMES} from item where target in (select unnest(?::varchar[])) and starts_with(id, ?)"  # noqa: S608
    return restored(db.execute(f"{query} order by target, seq, id", [list(targets), prefix]).fetchall())


def closed_by(db: Db, target: str, name: str) -> list[tuple[Any, ...]]:
    """The rows of the items whose place one took."""
    query = f"select {NAMES} from item where target = ? and superseded_by = ? order by seq, id"  # noqa: S608
    return restored(db.execute(query, [target, name]).fetchall())


def length_of(db: Db, target: str, session: str) -> int:
    """The position behind the last item of a conversation or document."""
    query = "select coalesce(max(position) + 1, 0) from item where target = ? and session = ?"
    return int(db.execute(query, [target, storable(session)]).fetchall()[0][0])


def concerned(db: Db, target: str, ids: Sequence[str], values: Sequence[Sequence[Any]]) -> dict[str, Row]:
    """The rows that have one of the ids, or are a value of one of the things (kind, subject, predicate)."""
    found: dict[str, Row] = {}
    if ids:
        query = f"select {NAMES} from item where target = ? and doc in ({_numbers(ids)})"  # noqa: S608
        rows = _by_id(db.execute(query, [target]).fetchall())
        found |= {name: row for name, row in rows.items() if name in set(ids)}
    for value in values:
        query = f"select {NAMES} from item where target = ? and kind = ? and subject = ? and predicate = ?"  # noqa: S608
        found |= _by_id(db.execute(query, [target, *(storable(str(part)) for part in value)]).fetchall())
    return found


def _numbers(ids: Iterable[str]) -> str:
    """The numbers of items, written out: then the engine takes the index."""
    return ", ".join(str(number(name)) for name in ids)


def uses_of(db: Db, target: str) -> dict[str, Row]:
    """What became of all items of a target."""
    rows = db.execute("select * exclude (target) from use where target = ?", [target]).fetchall()
    return {row[0]: list(row) for row in rows}


def telling_of(db: Db, target: str, ids: Sequence[str]) -> list[Row]:
    """The rows of a target that one of the ids closed, and all that have rivals."""
    told = "rivals <> '' or superseded_by in (select unnest(?::varchar[]))"
    query = f"select {NAMES} from item where target = ? and ({told})"  # noqa: S608
    return [list(row) for row in restored(db.execute(query, [target, list(ids)]).fetchall())]


def after(db: Db, target: str, rows: Iterable[Sequence[Any]]) -> list[int]:
    """The numbers of the items that come next after some in their conversation or document."""
    places = {(row[SESSION], row[POSITION] + 1) for row in rows if row[SESSION]}
    if not places:
        return []
    query = "select doc, session, position from item where target = ? and session in (select unnest(?::varchar[]))"
    found = db.execute(query, [target, [storable(session) for session, _ in places]]).fetchall()
    return [doc for doc, session, position in found if (original(session), position) in places]


def uses(db: Db, ids: Sequence[str]) -> dict[str, Row]:
    """What became of some items."""
    query = "select * exclude (target) from use where id in (select unnest(?::varchar[]))"
    return {row[0]: list(row) for row in db.execute(query, [list(ids)]).fetchall()} if ids else {}


def write_changes(db: Db, target: str, shelf: Shelf) -> None:
    """Write what changed of a shelf's items since they were read."""
    if shelf.changed_uses:
        names = sorted(shelf.changed_uses)
        db.execute("delete from use where target = ? and id in (select unnest(?::varchar[]))", [target, names])
        append(db, "use", target, [shelf.uses[name] for name in names if name in shelf.uses])
    if not shelf.changed_items:
        return
    names = sorted(shelf.changed_items)
    where = f"target = ? and doc in ({_numbers(names)})"
    there = db.execute(f"select id from item where {where}", [target]).fetchall()  # noqa: S608
    old = {row[0] for row in there} & set(names)
    if old:
        where = f"target = ? and doc in ({_numbers(sorted(old))})"
        db.execute(f"delete from item where {where}", [target])  # noqa: S608
    written = write(db, target, [shelf.items[name] for name in names])
    if is_indexed(db):
        gone = [number(name) for name in old if shelf.items[name][FORGOTTEN]]
        if gone:
            db.execute("delete from posting where doc in (select unnest(?::ubigint[]))", [gone])
        _post(db, [(row, stems) for row, stems in written if row[ID] not in old])


def write(db: Db, target: str, rows: Iterable[Row]) -> list[Stemmed]:
    """Put rows into the table of items, each with what the index has to know of it; gives them with their stems."""
    stemmed = [(row, stems_of(row)) for row in rows]
    append(db, "item", target, [[*row, number(row[ID]), len(stems), " ".join(stems)] for row, stems in stemmed])
    return stemmed


def forget_index(db: Db) -> None:
    """Take all words out; they are put in again when something is searched for."""
    db.execute("delete from posting")
    db.execute("delete from meta where name = ?", [INDEX])


def is_indexed(db: Db) -> bool:
    """Whether the words of all items are in the index, as this version of Nova cuts them."""
    return db.execute("select value from meta where name = ?", [INDEX]).fetchall() == [(EDITION,)]


def index_all(db: Db) -> None:
    """Put the words of every item into the index anew; part of a transaction."""
    forget_index(db)
    query = f"select target, {NAMES} from item order by target, seq, id"  # noqa: S608
    rows = restored(db.execute(query).fetchall())
    db.execute("delete from item")
    for start in range(0, len(rows), A_STEP):
        some = rows[start : start + A_STEP]
        for target in dict.fromkeys(row[0] for row in some):
            _post(db, write(db, target, [list(row[1:]) for row in some if row[0] == target]))
    db.execute("insert into meta values (?, ?)", [INDEX, EDITION])


def _post(db: Db, stemmed: Iterable[Stemmed]) -> None:
    postings: list[tuple[Any, ...]] = []
    for row, stems in stemmed:
        if not row[FORGOTTEN]:
            doc = number(row[ID])
            postings += [(doc, term(s), min(n, MOST_REPEATED), len(stems)) for s, n in Counter(stems).items()]
    append(db, "posting", None, postings)


def number(name: str) -> int:
    """The number that stands for an item in the index: its id, which is one in hexadecimal."""
    try:
        return int(name[:16], 16)
    except ValueError:
        return crc32(name.encode("utf-8", "backslashreplace"))


def term(stem: str) -> int:
    """The number that stands for a stem; of two that share one, each finds the other too."""
    return crc32(stem.encode("utf-8", "backslashreplace"))


def _by_id(rows: Iterable[tuple[Any, ...]]) -> dict[str, Row]:
    return {row[0]: list(row) for row in restored(rows)}
