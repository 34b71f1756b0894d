"""The memory of what happened and what people decided: the face of journal and database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import caches, tables
from memory.event import Entry
from memory.ledger import Engine, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from memory.item import Item
    from memory.life import Changes, Life, Run
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
        from dataclasses import replace

        from memory.verdict import Answer, Verdict

        rows = self._ledger.read(lambda db: tables.verdicts(db, target))
        return [replace(Verdict(*row), answer=Answer(row[5])) for *row, _ in rows]

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
        from dataclasses import asdict, replace

        from memory.item import TOLD, item_id

        if not item.value.strip():
            raise ValueError("there is nothing to remember: the text is empty")
        name = item_id(target, key)
        if not any(one.id == name for one in self.items(target)):
            told = {field: asdict(item)[field] for field in TOLD}
            data = {"id": name, **told} | ({"replaces": replaces} if replaces else {})
            self._ledger.record([Entry("item", target, data, item.who, item.source, item.valid_from)])
        return replace(item, id=name)

    def items(self, target: str) -> list[Item]:
        """Every item of a target, or with an empty one those that hold everywhere, in the order of recording."""
        from memory.item import Item

        return [Item(*row[:-1]) for row in self._ledger.read(lambda db: tables.items(db, target))]

    def forget(self, target: str, id: str, who: str, when: str) -> None:  # noqa: A002 - the field's word
        """Take an item's texts out of the database for good, and out of every rebuilt one.

        The journal is only ever added to: the line in which the item was recorded stays in that file.
        """
        self._ledger.record([Entry("forgotten", target, {"id": id}, who, "", when)])

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
