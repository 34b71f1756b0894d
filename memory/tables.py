"""The derived tables: how rows are read and written. What the rows mean is folded in ``book``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory.errors import NotAMemory
from memory.event import Mark
from memory.text import original, storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.book import Row, Shelf
    from memory.db import Db

DERIVED = ("life", "run", "verdict", "past", "item")


def position(db: Db) -> tuple[int, Mark] | None:
    """The number of the last migration and how much of which journal is in the tables; None where nothing is yet."""
    try:
        found = db.execute('select (select max(number) from migration), journal, "end", seq, sum from mark').fetchone()
    except Exception as error:
        if type(error).__name__ != "CatalogException":
            raise
        found = None
    if found is not None:
        return int(found[0]), Mark(*found[1:])
    if db.execute("select count(*) from duckdb_tables()").fetchall() != [(0,)]:
        raise NotAMemory(
            "the database belongs to something else",
            why="it holds tables, but not those of a memory",
            next_step="name another file with --db",
        )
    return None


def set_mark(db: Db, mark: Mark) -> None:
    """Note how much of the journal the tables hold; part of the transaction that wrote them."""
    db.execute('update mark set journal = ?, "end" = ?, seq = ?, sum = ?', [mark.journal, mark.end, mark.seq, mark.sum])


def lives(db: Db, target: str, prefix: str = "") -> list[tuple[Any, ...]]:
    """The rows of a target's lives, by id."""
    query = "select * exclude (target) from life where target = ? and starts_with(id, ?) order by id"
    rows = db.execute(query, [target, prefix]).fetchall()
    return restored(rows) if any("\0" in row[2] or "\0" in row[6] for row in rows) else rows


def runs(db: Db, target: str, most: int | None = None) -> list[tuple[Any, ...]]:
    """The rows of a target's runs, the latest first."""
    query = "select * exclude (target) from run where target = ? order by seq desc limit ?"
    return db.execute(query, [target, most]).fetchall()


def verdicts(db: Db, target: str) -> list[tuple[Any, ...]]:
    """The rows of a target's verdicts in the order in which they were recorded."""
    query = "select * exclude (target) from verdict where target = ? order by seq"
    return restored(db.execute(query, [target]).fetchall())


def past(db: Db, target: str, name: str | None = None) -> list[tuple[Any, ...]]:
    """What happened to a target's lives after they were opened, or to one of them."""
    query = "select * exclude (target) from past where target = ? and (? is null or id = ?) order by seq, what, id"
    return restored(db.execute(query, [target, name, name]).fetchall())


def items(db: Db, target: str) -> list[tuple[Any, ...]]:
    """The rows of a target's items in the order in which they were recorded, those that no longer hold included."""
    query = "select * exclude (target) from item where target = ? order by seq"
    return restored(db.execute(query, [target]).fetchall())


def stamp(db: Db, target: str) -> str:
    """The numbers of a target's last run and last verdict."""
    query = "select (select max(seq) from run where target = ?), (select max(seq) from verdict where target = ?)"
    return "{}.{}".format(*db.execute(query, [target, target]).fetchall()[0])


def targets(db: Db) -> list[str]:
    """Every target that anything is known of."""
    query = "select target from run union select target from verdict union select target from life"
    query += " union select target from item order by target"
    return [row[0] for row in db.execute(query).fetchall()]


def whole(db: Db, target: str) -> Shelf:
    """All that the tables hold of a target."""
    from memory.book import Shelf

    return Shelf(
        lives={row[0]: list(row) for row in lives(db, target)},
        runs={(row[0], row[-1]): list(row) for row in runs(db, target)},
        verdicts={row[:-1]: list(row) for row in verdicts(db, target)},
        past=[list(row) for row in past(db, target)],
        items={row[0]: list(row) for row in items(db, target)},
    )


def to_fold_on(db: Db, target: str, known: Iterable[Sequence[Any]], *, with_items: bool) -> Shelf:
    """What further events of a target are folded on: its lives, which are ``known``, and what was applied before.

    Items are read only where an event is about them.
    """
    from memory.book import Shelf

    keys = db.execute("select id, seq from run where target = ?", [target]).fetchall()
    return Shelf(
        lives={row[0]: list(row) for row in known},
        runs={(name, seq): [] for name, seq in keys},
        verdicts={row[:-1]: list(row) for row in verdicts(db, target)},
        items={row[0]: list(row) for row in items(db, target)} if with_items else {},
    )


def write_changes(db: Db, target: str, shelf: Shelf) -> None:
    """Write what changed on a shelf since it was read."""
    from memory.book import LAST

    seen: dict[tuple[Any, ...], list[str]] = {}
    for name in shelf.touched - shelf.changed:
        seen.setdefault(tuple(shelf.lives[name][LAST : LAST + 3]), []).append(name)
    for last, names in seen.items():
        db.execute(
            "update life set last_snapshot = ?, last_commit = ?, last_at = ?"
            " where target = ? and id in (select unnest(?::varchar[]))",
            [*last, target, names],
        )
    if shelf.changed:
        names = sorted(shelf.changed)
        db.execute("delete from life where target = ? and id in (select unnest(?::varchar[]))", [target, names])
        append(db, "life", target, [shelf.lives[name] for name in names])
    if shelf.changed_items:
        names = sorted(shelf.changed_items)
        db.execute("delete from item where target = ? and id in (select unnest(?::varchar[]))", [target, names])
        append(db, "item", target, [shelf.items[name] for name in names])
    append(db, "run", target, shelf.new_runs)
    append(db, "verdict", target, shelf.new_verdicts)
    append(db, "past", target, shelf.new_past)


def replace_all(db: Db, shelves: Mapping[str, Shelf]) -> None:
    """Write all shelves in place of what the derived tables hold; the caches stay."""
    for statement in (
        "delete from life", "delete from run", "delete from verdict", "delete from past", "delete from item"
    ):  # fmt: skip
        db.execute(statement)
    for target, shelf in shelves.items():
        append(db, "life", target, list(shelf.lives.values()))
        append(db, "run", target, list(shelf.runs.values()))
        append(db, "verdict", target, list(shelf.verdicts.values()))
        append(db, "past", target, shelf.past)
        append(db, "item", target, list(shelf.items.values()))


def append(db: Db, table: str, target: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows in bulk."""
    if rows:
        try:
            _append(db, table, [(target, *row) for row in rows])
        except Exception as error:
            if "surrogate" not in str(error):
                raise
            _append(db, table, [tuple(map(_storable, (target, *row))) for row in rows])


def restored(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with their texts as they were before ``append`` had to make them storable."""
    return [tuple(original(value) if isinstance(value, str) else value for value in row) for row in rows]


def _append(db: Db, table: str, rows: Sequence[Row | tuple[Any, ...]]) -> None:
    appender = db.appender(table)
    try:
        appender.append_rows(rows)
        appender.flush()
    except Exception:
        appender.clear()  # type: ignore[attr-defined]  # the stubs of DuckDB 2.0.0 leave it out
        raise


def _storable(value: object) -> object:
    return storable(value) if isinstance(value, str) else value
