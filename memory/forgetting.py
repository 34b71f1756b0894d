"""Memories erased for good: out of what lies beside the journal, out of the journal, and then out of the database.

In that order a crash leaves nothing half done that matters: what lies beside is of no use to anybody, the journal
changes at once, and whoever opens the database next finds that the journal is another one and writes it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import item_tables, renewing, tables
from memory.aside import MOST_KEPT, beside, put_whole
from memory.erasing import FEW, Erased, Erasure, erasure, texts_of, written
from memory.event import parse
from memory.item import TEXTS
from memory.keeping import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from memory.book import Row
    from memory.db import Db
    from memory.event import Event, Mark
    from memory.journal import Journal
    from memory.ledger import Ledger

MOST_NAMED = 5
OLD = tuple(f".damaged-{number}" for number in range(1, MOST_KEPT + 1))


def erase(ledger: Ledger, target: str, ids: Sequence[str], who: str, when: str) -> Erased:
    """Erase the texts of items, on the word of ``who``; the ids stay, and that there was something."""
    with ledger.journal.locked():
        ledger.catch_up()
        rows, others = ledger.read(lambda db: _concerned(db, target, ids))
        read_with = ledger.read(lambda db: item_tables.after(db, target, rows))
        if not rows:
            return Erased(0, 0, (), 0, ())
        said = texts_of(_holding(ledger.journal, ids), target, ids)
        what = erasure(target, rows, others, said, who, when)
        files, left = _beside(ledger.path.resolve(), ledger.journal.path.resolve(), what)
        length = sum(len(str(row[at]).encode("utf-8", "replace")) for row in rows for at in TEXTS)
        try:
            mark, count = _rewritten(ledger, what)
            if count or length:
                _renew(ledger, what, mark, read_with)
        except BaseException:
            ledger.close()
            raise
    if count or length:
        files += [ledger.journal.path.name] * bool(count) + [ledger.path.name]
        ledger.open()
    return Erased(len(rows) if count or length else 0, count, tuple(files), length, (*left, *_said_again(ledger, what)))


def _concerned(db: Db, target: str, ids: Sequence[str]) -> tuple[list[Row], list[Row]]:
    found = item_tables.concerned(db, target, ids, ())
    return list(found.values()), item_tables.telling_of(db, target, list(found))


def _rewritten(ledger: Ledger, what: Erasure) -> tuple[Mark | None, int]:
    """Erase it from the journal: where that ends now, and how many of its lines told of it."""
    needles = what.needles
    rewritten = ledger.journal.rewrite(lambda line: what.line(line, needles))
    return rewritten or (None, 0)


def _renew(ledger: Ledger, what: Erasure, mark: Mark | None, read_with: Sequence[int]) -> None:
    """Write the database anew without it, as if it had read the journal to its mark.

    The vectors of what was ``read_with`` it go too, for they are made of both; they are made anew when missed.
    """
    changed = [*what.rows, *what.others]
    gone = [item_tables.number(name) for name in what.rows]

    def write(db: Db) -> None:
        item_tables.write(db, what.target, [*what.rows.values(), *what.others.values()])
        if mark is not None:
            tables.set_mark(db, mark)

    ledger.renew(
        {
            "item": ("not (target = ? and id in (select unnest(?::varchar[])))", [what.target, changed]),
            "use": ("not (target = ? and id in (select unnest(?::varchar[])))", [what.target, list(what.rows)]),
            "posting": ("doc not in (select unnest(?::ubigint[]))", [gone]),
            "vector": ("doc not in (select unnest(?::ubigint[]))", [[*gone, *read_with]]),
        },
        write,
    )


def _beside(database: Path, journal: Path, what: Erasure) -> tuple[list[str], list[str]]:
    """Erase from the files that lie beside: which were changed, and sentences on those that cannot be."""
    changed = renewing.clear(database) + renewing.clear(journal, (".new",))
    left = []
    needles = what.needles
    for file in (beside(journal, suffix) for suffix in (".torn", *OLD)):
        try:
            old = file.read_bytes()
            new = b"".join(what.line(line, needles) for line in old.splitlines(keepends=True))
            if new != old:
                put_whole(file, new)
                changed.append(file.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            left.append(f"{file} could not be rewritten ({error.strerror}) and may hold it still; delete it")
    spoilt = (beside(database, log + suffix) for log in ("", *renewing.LOGS) for suffix in OLD)
    left += [f"{file} is damaged and may hold it still; delete it" for file in spoilt if file.exists()]
    named = (file for file in (database, journal) if file.exists() and file.stat().st_nlink > 1)
    return changed, left + [f"{file} has another name too, and what that names still holds it" for file in named]


def _holding(journal: Journal, texts: Sequence[str]) -> Iterator[Event]:
    """The events of a journal that hold one of some texts; most lines need not be parsed to know that they do not."""
    needles = written(texts)
    with journal.path.open("rb") as file:
        for line in file:
            if len(needles) > FEW or any(needle in line for needle in needles):
                event = parse(line)
                if event is not None:
                    yield event


def _said_again(ledger: Ledger, what: Erasure) -> list[str]:
    """Sentences on what else was said in the very same words: it is something of its own, and stays."""
    names = []
    for event in _holding(ledger.journal, what.texts):
        if what.is_said_in(event):
            name = f"the memory {event.data['id']}" if event.kind == ITEM else f"event {event.seq} ({event.kind})"
            names.append(name + (f" of {event.target}" if event.target != what.target else ""))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return [f"the same words stand in {', '.join(names[:MOST_NAMED])}{more}"] if names else []
