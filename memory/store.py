"""The memory of what happened and what people decided: the face of journal and database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import caches, tables
from memory.event import Entry
from memory.ledger import Engine, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from memory.embedding import Embedder
    from memory.erasing import Erased
    from memory.exchange import Imported
    from memory.item import Item
    from memory.life import Changes, Life, Run
    from memory.markdown import Kept
    from memory.query import Query, Recalled
    from memory.taking import Draft, Taken
    from memory.verdict import Verdict

    Blob = tuple[str, str, bytes]
    """The path, the key and the content of a cached blob."""

SHOWN = "shown"
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "async_threads": 0,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


class Memory:
    """An open memory. It holds the database until it is closed, so keep that short.

    Every method may raise ``MemoryUnavailable``. Nothing in ``runs``, ``lives`` and ``verdicts`` is lost once the
    method that took it has returned; the caches may be.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @classmethod
    def open(cls, path: Path, *, wait: float = 5.0, on_wait: Callable[[str], None] | None = None) -> Self:
        """The memory at a path, created where there is none. Waits ``wait`` seconds for another process to let go."""
        ledger = Ledger(path, _engine(), wait, on_wait)
        ledger.open()
        return cls(ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._ledger.close()

    def pause(self) -> None:
        """Let another process have the database for a moment, in the middle of long work."""
        self._ledger.pause()

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the person: what was found damaged or missing, and what became of it."""
        return tuple(self._ledger.notices)

    def run(self, run: Run, changes: Changes) -> None:
        """Record a review, and what it changed in the lives of its target."""
        from memory.book import delta

        lives = {row[0]: row for row in self._ledger.remembered(run.target)}
        when = run.commit_at or run.started_at
        self._ledger.record([Entry("run", run.target, delta(run, changes, lives), "nova", run.scope, when)])

    def runs(self, target: str, most: int = 20) -> list[Run]:
        """The last reviews of a target, the latest first."""
        import json

        from memory.book import RUN
        from memory.life import Run

        rows = self._ledger.read(lambda db: tables.runs(db, target, most))
        told = [dict(zip(RUN[:-1], row, strict=False)) for row in rows]
        return [Run(target=target, **{**one, "totals": json.loads(one["totals"])}) for one in told]

    def lives(self, target: str) -> list[Life]:
        """Every life of a target, open and fixed, by id."""
        from memory.life import Life

        return [Life(*row) for row in self._ledger.lives(target)]

    def life(self, target: str, id_prefix: str) -> list[Life]:
        """The lives whose id begins so."""
        from memory.life import Life

        return [Life(*row) for row in self._ledger.read(lambda db: tables.lives(db, target, id_prefix))]

    def history(self, target: str, id: str) -> list[tuple[str, str, str | None, str]]:  # noqa: A002 - the field's word
        """What happened to a life, in order: what, at which snapshot and commit, and when that was.

        What happened is ``opened``, ``fixed``, ``regressed``, ``reopened`` or ``moved from <path>``.
        """
        born = [life for life in self.life(target, id) if life.id == id]
        told = self._ledger.read(lambda db: tables.past(db, target, id))
        return [
            *(("opened", life.first_snapshot, life.first_commit, life.first_at) for life in born),
            *((what, snapshot, commit, at) for _, what, snapshot, commit, at, _ in told),
        ]

    def verdict(self, target: str, verdict: Verdict) -> None:
        """Record what a person said. Saying the very same again changes nothing."""
        from memory.book import verdict_data

        self._ledger.record([Entry("verdict", target, verdict_data(verdict), verdict.who, "verdict", verdict.at)])

    def verdicts(self, target: str) -> list[Verdict]:
        """Everything people said of a target's findings, in the order in which it was recorded."""
        from memory.verdict import verdict_of

        return [verdict_of(row) for row in self._ledger.read(lambda db: tables.verdicts(db, target))]

    def stamp(self, target: str) -> str:
        """A short text that is another one after every run and every verdict of a target; quick to ask for."""
        return self._ledger.read(lambda db: tables.stamp(db, target))

    def cached(self, target: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The blobs that are there, by key."""
        return self._ledger.read(lambda db: caches.cached(db, target, keys))

    def remember(self, item: Item, target: str, key: str, *, replaces: str | None = None) -> Item:
        """Record an item under a key and give it with its id; recording again with that key changes nothing.

        ``target`` is what it holds for: a target's key, or empty for all that the person works on. ``replaces`` is
        the id of the item whose place it takes. Raises ``ValueError`` where there is nothing to remember.
        """
        from dataclasses import replace

        from memory.item import item_id, to_data

        if not item.value.strip():
            raise ValueError("there is nothing to remember: the text is empty")
        made = replace(item, id=item_id(target, key))
        if self.item(target, made.id) is None:
            data = to_data(made) | ({"replaces": replaces} if replaces else {})
            self._ledger.record([Entry("item", target, data, item.who, item.source, item.valid_from)])
        return made

    def item(self, target: str, id: str) -> Item | None:  # noqa: A002 - the field's word
        """The item of a target that has this id."""
        return next(iter(self.some(target, [id])), None)

    def some(self, target: str, ids: Collection[str]) -> list[Item]:
        """The items of a target that have these ids."""
        from memory import item_tables
        from memory.item import from_row

        found = self._ledger.read(lambda db: item_tables.concerned(db, target, list(ids), ()))
        return [from_row(row) for row in found.values()]

    def take(self, drafts: Iterable[Draft]) -> list[Taken]:
        """Record what people say, in order: without secrets, copies counted, and with what it replaces closed.

        Raises ``ValueError`` for a draft with no text, before anything is recorded.
        """
        from memory.taking import take

        return take(self._ledger, drafts)

    def recall(self, query: Query, embedder: Embedder | None = None) -> list[Recalled]:
        """What there is for somebody who is about to decide, in the order in which it is to be read."""
        from memory.recall import recall

        return recall(self._ledger, query, embedder)

    def closed_by(self, target: str, id: str) -> list[Item]:  # noqa: A002 - the field's word
        """The items whose place an item took."""
        from memory import item_tables
        from memory.item import from_row

        return [from_row(row) for row in self._ledger.read(lambda db: item_tables.closed_by(db, target, id))]

    def length_of(self, target: str, session: str) -> int:
        """The position behind the last item of a conversation or document."""
        from memory import item_tables

        return self._ledger.read(lambda db: item_tables.length_of(db, target, session))

    def newest(self, query: Query) -> list[tuple[str, Item]]:
        """The items that a query is among, the newest first, each with its target: no words are looked for."""
        from memory import searching
        from memory.item import from_row
        from memory.recall import scope_of

        found = self._ledger.read(lambda db: searching.listed(db, scope_of(query), query.most))
        return [(one.target, from_row(one.row)) for one in found]

    def embed(self, embedder: Embedder, most: int = 1_000_000) -> int:
        """Make the vectors that items lack, so many at most, the newest first; gives how many were made."""
        from memory import vectors

        return self._ledger.write(lambda db: vectors.embed(db, embedder, most))

    def used(self, target: str, ids: Sequence[str], reader: str, when: str) -> None:
        """Note which of a target's items helped whom they were shown to."""
        if ids:
            self._ledger.record([Entry("used", target, {"ids": list(ids)}, "nova", reader, when)])

    def items(self, target: str, kinds: Collection[str] | None = None) -> list[Item]:
        """Every item of a target, or with an empty one those that hold everywhere, in the order of recording."""
        from memory import item_tables
        from memory.item import from_row

        return [from_row(row) for row in self._ledger.read(lambda db: item_tables.items(db, target, kinds))]

    def beginning(self, targets: Sequence[str], prefix: str) -> list[tuple[str, Item]]:
        """The items of some targets whose id begins so, each with its target."""
        from memory import item_tables
        from memory.item import from_row

        rows = self._ledger.read(lambda db: item_tables.beginning(db, targets, prefix))
        return [(target, from_row(row)) for target, *row in rows]

    def forget(self, target: str, ids: str | Sequence[str], who: str, when: str) -> Erased:
        """Erase the texts of items for good, from the journal too: that they were there, and their times, stay.

        Both files are written anew. What cannot be rewritten is named, for the person to delete.
        """
        from memory.forgetting import erase

        return erase(self._ledger, target, [ids] if isinstance(ids, str) else ids, who, when)

    def compact(self) -> tuple[int, int]:
        """Write the database anew, smaller and quicker to search; how many bytes it took before and takes now."""
        from memory.compacting import compact

        return compact(self._ledger)

    def exported(self, projects: Sequence[str] | None = None, kinds: Sequence[str] | None = None) -> Iterator[str]:
        """All that the memory holds as lines of JSON; with projects or kinds, only the items that are of these."""
        from memory.exchange import exported

        return exported(self._ledger, projects, kinds)

    def take_in(self, rows: Iterable[bytes], told: Imported, *, dry: bool = False) -> None:
        """Take exported lines in, and count in ``told`` what is on the disk; ``dry`` records nothing.

        Raises ``NewerFormat`` where they are of a version that is not known.
        """
        from memory.exchange import taken_in

        taken_in(self._ledger, rows, told, dry=dry)

    def restore(self, kept: Iterable[Kept], told: Imported, *, dry: bool = False) -> None:
        """Put exported items back as they were; those that are there, or were forgotten here, stay as they are."""
        from memory.exchange import restored

        restored(self._ledger, kept, told, dry=dry)

    def together(self, work: Callable[[], None]) -> None:
        """Do what ``work`` keeps at once, or none of it; it may be asked again, and records no run or verdict."""
        self._ledger.together(work)

    def keep(self, target: str, entries: Iterable[Blob]) -> None:
        """Put blobs (path, key, content) in the cache; of each path the newest three keys stay."""
        items = list(entries)
        self._ledger.write(lambda db: caches.keep(db, target, items))

    def page(self, target: str, name: str) -> tuple[str, bytes] | None:
        """The key and the content of a page."""
        return self._ledger.read(lambda db: caches.page(db, target, name))

    def pages(self, target: str, name: str) -> bytes | None:
        """The content of a page, whatever its key."""
        found = self.page(target, name)
        return None if found is None else found[1]

    def keep_page(self, target: str, name: str, key: str, data: bytes) -> None:
        """Put a page in place of the one with its name."""
        self._ledger.write(lambda db: caches.keep_page(db, target, name, key, data))

    def shown(self, target: str) -> dict[int, str]:
        """The ids that the last review showed, by rank."""
        lines = (self.pages(target, SHOWN) or b"").decode().splitlines()
        return {int(rank): name for rank, _, name in (line.partition(" ") for line in lines)}

    def keep_shown(self, target: str, shown: Mapping[int, str]) -> None:
        """Remember which ids were shown, by rank."""
        self.keep_page(target, SHOWN, "", "\n".join(f"{rank} {name}" for rank, name in shown.items()).encode())

    def targets(self) -> list[str]:
        """The targets that anything is known of."""
        return self._ledger.read(tables.targets)

    def stats(self) -> dict[str, int | str]:
        """How much there is, and how much room it takes."""
        from memory.checking import stats

        return stats(self._ledger)

    def check(self) -> list[str]:
        """What is wrong with the journal or the database, in sentences; nothing is changed."""
        from memory.checking import check

        return check(self._ledger)

    def rebuild(self) -> None:
        """Derive the database anew from the journal; what only the database knew is recorded there first."""
        self._ledger.rebuild()


def _engine() -> Engine:
    """DuckDB, by its bare engine where that is to be had: the package around it costs more than opening a file."""
    try:
        from _duckdb import Error, connect
    except ImportError:
        from duckdb import Error, connect
    return Engine(lambda path: connect(str(path), config=CONFIG), (Error,))
