"""Shelves to and from the tables: what events are folded on, and what is written when they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory import tables
from memory.book import LAST, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.db import Db
    from memory.event import Event


def whole(db: Db, target: str) -> Shelf:
    """All that the tables hold of a target."""
    from memory import item_tables

    return Shelf(
        lives={row[0]: list(row) for row in tables.lives(db, target)},
        runs={(row[0], row[-1]): list(row) for row in tables.runs(db, target)},
        verdicts={row[:-1]: list(row) for row in tables.verdicts(db, target)},
        past=[list(row) for row in tables.past(db, target)],
        items={row[0]: list(row) for row in item_tables.items(db, target)},
        uses=item_tables.uses_of(db, target),
    )


def to_fold_on(db: Db, target: str, known: Iterable[Sequence[Any]], events: Sequence[Event]) -> Shelf:
    """What further events of a target are folded on: its lives, which are ``known``, and what was applied before.

    Of its items those that the events are about.
    """
    shelf = Shelf(lives={row[0]: list(row) for row in known})
    if any(event.kind in {"run", "verdict"} for event in events):
        keys = db.execute("select id, seq from run where target = ?", [target]).fetchall()
        shelf.runs = {(name, seq): [] for name, seq in keys}
        shelf.verdicts = {row[:-1]: list(row) for row in tables.verdicts(db, target)}
    if all(event.kind in {"run", "verdict"} for event in events):
        return shelf
    from memory.keeping import about

    ids, values = about(events)
    if ids or values:
        from memory import item_tables

        shelf.items = item_tables.concerned(db, target, ids, values)
        shelf.uses = item_tables.uses(db, [*ids, *shelf.items])
    return shelf


def write_changes(db: Db, target: str, shelf: Shelf) -> None:
    """Write what changed on a shelf since it was read."""
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
        tables.append(db, "life", target, [shelf.lives[name] for name in names])
    tables.append(db, "run", target, shelf.new_runs)
    tables.append(db, "verdict", target, shelf.new_verdicts)
    tables.append(db, "past", target, shelf.new_past)
    if shelf.changed_items or shelf.changed_uses:
        from memory import item_tables

        item_tables.write_changes(db, target, shelf)


def replace_all(db: Db, shelves: Mapping[str, Shelf]) -> None:
    """Write all shelves in place of what the derived tables hold; the caches stay."""
    from memory import item_tables

    for table in ("life", "run", "verdict", "past", "item", "use"):
        db.execute(f"delete from {table}")  # noqa: S608 - the names are ours
    item_tables.forget_index(db)
    for target, shelf in shelves.items():
        tables.append(db, "life", target, list(shelf.lives.values()))
        tables.append(db, "run", target, list(shelf.runs.values()))
        tables.append(db, "verdict", target, list(shelf.verdicts.values()))
        tables.append(db, "past", target, shelf.past)
        item_tables.write(db, target, shelf.items.values())
        tables.append(db, "use", target, list(shelf.uses.values()))
