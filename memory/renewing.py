"""The database written anew: into a fresh file that takes the old one's place, so that nothing deleted stays in it.

What a database deletes stays in the free blocks of its file, and compressed text is not even found there. The old file
is not changed, so that a crash at any moment leaves the old or the new one.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from memory.aside import beside, sync_file, sync_folder
from memory.errors import MemoryUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from memory.db import Db

    Keep = tuple[str, list[Any]]
    """The condition that the rows of a table fulfil which are kept, and the values in it."""

FRESH = ".new"
SCRATCH = (".new", ".new.wal", ".new.tmp")
LOGS = (".wal", ".wal.checkpoint", ".wal.recovery", ".tmp")
"""What the engine keeps beside a database; none of it outlives the database that it belongs to."""
ORDER = {"posting": "term, doc", "item": "target, seq", "vector": "model, doc"}
"""How the rows of a table lie best: what is read together, together."""
EVERY: Keep = ("true", [])


def renew(
    db: Db,
    connect: Callable[[Path], Db],
    path: Path,
    keep: Mapping[str, Keep],
    write: Callable[[Db], None] | None,
) -> None:
    """Let a fresh file take the place of a database that is held, with what is kept and what ``write`` adds to it."""
    fresh = beside(path, FRESH)
    clear(path)
    try:
        copied(db, fresh, keep)
        if write is not None:
            added(connect(fresh), write)
        put_in_place(db, fresh, path)
    finally:
        clear(path)


def copied(db: Db, path: Path, keep: Mapping[str, Keep]) -> None:
    """Write shape and rows of a database into a fresh file, of the tables in ``keep`` only the rows that are kept.

    What was written is read again from the file and compared. Raises ``MemoryUnavailable`` where it is not the same.
    """
    name = db.execute("select current_database()").fetchall()[0][0]
    tables = [
        row[0]
        for row in db.execute("select table_name from duckdb_tables() where database_name = ?", [name]).fetchall()
    ]
    place = str(path).replace("'", "''")
    db.execute(f"attach '{place}' as fresh")
    try:
        db.execute(f"copy from database {_quoted(name)} to fresh (schema)")
        for table in tables:
            where, given = keep.get(table, EVERY)
            order = f" order by {ORDER[table]}" if table in ORDER else ""
            query = f"insert into fresh.main.{_quoted(table)} from {_quoted(name)}.main.{_quoted(table)}"
            db.execute(f"{query} where {where}{order}", given)
    finally:
        db.execute("detach fresh")
    db.execute(f"attach '{place}' as fresh (read_only)")
    try:
        for table in tables:
            where, given = keep.get(table, EVERY)
            if _sums(db, name, table, where, given) != _sums(db, "fresh", table, "true", []):
                raise MemoryUnavailable(
                    "the database could not be written anew",
                    why=f"the table {table!r} is not the same in {path.name}",
                    next_step="look at what `nova memory check` says",
                )
    finally:
        db.execute("detach fresh")


def caches(gone: Sequence[int]) -> dict[str, Keep]:
    """What is kept where all that the journal tells is written anew; ``gone`` are the numbers of erased items."""
    none: Keep = ("false", [])
    told = dict.fromkeys(("life", "run", "verdict", "past", "item", "use", "posting"), none)
    return told | {"vector": ("doc not in (select unnest(?::ubigint[]))", [list(gone)])}


def added(db: Db, write: Callable[[Db], None]) -> None:
    """Write more into a fresh database, and close it with all of that in its file."""
    try:
        db.begin()
        write(db)
        db.commit()
        db.execute("checkpoint")
    finally:
        db.close()


def put_in_place(db: Db, fresh: Path, path: Path) -> None:
    """Let a fresh file take the place of the database that is held, which must be closed then.

    It is renamed while the old file is held still: who waits for it finds the fresh one. The log is emptied before,
    for one that is left beside another database would be taken for damage.
    """
    sync_file(fresh)
    db.execute("checkpoint")
    db.execute("pragma disable_checkpoint_on_shutdown")
    clear(path, LOGS)
    fresh.chmod(path.stat().st_mode & 0o777)
    fresh.replace(path)
    sync_folder(path.parent)


def clear(path: Path, suffixes: Sequence[str] = SCRATCH) -> list[str]:
    """Delete what an unfinished rewriting, or the engine, left beside a database; gives the names."""
    gone = []
    for file in (beside(path, suffix) for suffix in suffixes):
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file, ignore_errors=True)
        else:
            with suppress(FileNotFoundError):
                file.unlink()
                gone.append(file.name)
    return gone


def _sums(db: Db, name: str, table: str, where: str, given: list[Any]) -> list[tuple[Any, ...]]:
    query = f"select count(*), bit_xor(hash(t)) from (from {_quoted(name)}.main.{_quoted(table)} where {where}) t"  # noqa: S608
    return db.execute(query, given).fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
