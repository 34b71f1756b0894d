"""The derived tables: how rows are read and written. What the rows mean is folded in ``book``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory.errors import NotAMemory
from memory.event import Mark
from memory.text import original, storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.book import Row
    from memory.db import Db


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


def lives_at(db: Db, target: str, paths: Iterable[str]) -> list[tuple[Any, ...]]:
    """The rows of a target's lives in some files, which may be named by the end of their path."""
    query = (
        "select * exclude (target) from life where target = ? and exists"
        " (select 1 from (select unnest(?::varchar[]) as name) where path = name or ends_with(path, '/' || name))"
    )
    names = [storable(path) for path in paths]
    return restored(db.execute(query, [target, names]).fetchall()) if names else []


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


def stamp(db: Db, target: str) -> str:
    """The numbers of a target's last run and last verdict."""
    query = "select (select max(seq) from run where target = ?), (select max(seq) from verdict where target = ?)"
    return "{}.{}".format(*db.execute(query, [target, target]).fetchall()[0])


def targets(db: Db) -> list[str]:
    """Every target that anything is known of."""
    query = "select target from run union select target from verdict union select target from life"
    query += " union select target from item order by target"
    return [row[0] for row in db.execute(query).fetchall()]


def append(db: Db, table: str, target: str | None, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows in bulk, each with its target in front where the table has one."""
    if rows:
        whole = [(target, *row) for row in rows] if target is not None else [tuple(row) for row in rows]
        try:
            _append(db, table, whole)
        except Exception as error:
            if "surrogate" not in str(error):
                raise
            _append(db, table, [tuple(map(_storable, row)) for row in whole])


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
