"""What only saves time: blobs by key, and whole named pages. Not in the journal; losing them loses nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from memory.tables import append
from memory.text import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.db import Db

    Item = tuple[str, str, bytes]
    """The path, the key and the content of a blob."""

KEYS_A_PATH = 3
MOST = 100_000
"""How many later blobs a target may take in before one that was never kept again is dropped."""


def cached(db: Db, target: str, keys: Sequence[str]) -> dict[str, bytes]:
    """The blobs that are there, by key."""
    query = "select key, data from cache where target = ? and key in (select unnest(?::varchar[]))"
    return dict(db.execute(query, [target, list(keys)]).fetchall())


def keep(db: Db, target: str, items: Iterable[Item]) -> None:
    """Put blobs in place of those with their path and key, and keep only the newest keys of a path."""
    given = {(storable(path), key): data for path, key, data in items}
    if not given:
        return
    fresh: Counter[str] = Counter()
    latest: dict[tuple[str, str], bytes] = {}
    for (path, key), data in reversed(given.items()):
        if fresh[path] < KEYS_A_PATH:
            fresh[path] += 1
            latest[path, key] = data
    count = db.execute("select coalesce(max(n), 0) from cache where target = ?", [target]).fetchall()[0][0]
    held = db.execute(
        "select rowid, path, key from cache where target = ? and path in (select unnest(?::varchar[])) order by n desc",
        [target, list(fresh)],
    ).fetchall()
    stale = []
    for row, path, key in held:
        if (path, key) in given or fresh[path] >= KEYS_A_PATH:
            stale.append(row)
        else:
            fresh[path] += 1
    if stale:
        db.execute("delete from cache where rowid in (select unnest(?::bigint[]))", [stale])
    append(
        db, "cache", target, [(*item, n, data) for n, (item, data) in enumerate(reversed(latest.items()), count + 1)]
    )
    if count + len(latest) > MOST:
        db.execute("delete from cache where target = ? and n <= ?", [target, count + len(latest) - MOST])


def page(db: Db, target: str, name: str) -> tuple[str, bytes] | None:
    """A page's key and content."""
    found = db.execute("select key, data from page where target = ? and name = ?", [target, name]).fetchone()
    return None if found is None else (found[0], found[1])


def keep_page(db: Db, target: str, name: str, key: str, data: bytes) -> None:
    """Put a page in place of the one with its name."""
    db.execute("delete from page where target = ? and name = ?", [target, name])
    db.execute("insert into page values (?, ?, ?, ?)", [target, name, key, data])
