"""Every earlier shape of the database is taken to the present one, and keeps what it held."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import duckdb
import pytest

from memory import Item, Query, item_tables, migrations, tables
from memory.event import Entry, Mark
from memory.item import from_row
from memory.journal import Journal
from memory.migrations import STEPS, migrate
from memory.store import Memory
from tests.memory.samples import story, told, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from memory.db import Db


@pytest.fixture
def db() -> Iterator[Db]:
    with duckdb.connect() as connection:
        yield connection


def shape(db: Db) -> list[tuple[object, ...]]:
    """All tables and columns."""
    query = "select table_name, column_name, data_type from duckdb_columns() order by table_name, column_index"
    return db.execute(query).fetchall()


def fill_first_version(db: Db) -> None:
    """Something in the tables of version 1, as version 1 wrote it. Versions to come add their own beside it."""
    db.execute("insert into run values ('shop', 'r1', 's1', null, null, 'work tree', 'then', '0.1.0', '{}', 1)")
    db.execute(
        "insert into life values ('shop', 'f1', 'f1', 'a.py', 'rule', null, 'low', 'words', 'open',"
        " 's1', null, 'then', 's1', null, 'then', null, null, null, 3)"
    )


NOON, LATER, LAST = "2026-03-01T12:00:00Z", "2026-04-01T12:00:00Z", "2026-05-01T12:00:00Z"
OLD = ("i1", "note", "staging", "address", "10.0.0.7", "moved", "ada", "notes.md:3", NOON, NOON, LATER, "i2", False, 2)
NEW = ("i2", "note", "staging", "address", "10.0.0.9 ä", "", "bob", "nova ask", LATER, LATER, None, None, False, 3)
GONE = ("i3", "fact", "", "code", "", "", "ada", "", NOON, NOON, LATER, None, True, 4)
"""Rows of version 2, the target left out: closed, holding, and forgotten, of which the predicate stayed."""


def fill_second_version(db: Db) -> None:
    """Three items in the 15 columns of version 2."""
    for row in (OLD, NEW, GONE):
        db.execute("insert into item values ('shop', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(row))


def fill_third_version(db: Db) -> None:
    """An item in all columns of version 3, with its words, its vector and its use."""
    db.execute(
        "insert into item values ('shop', 'i4', 'turn', 's', '', 'said so', 'why', 'ada', 'talk', 'then', 'then', null,"
        " null, false, 'p', '2027', '[\"a.py\"]', 'session', 7, 'orders', 2, '', '{\"i2\": \"why\"}', 5, 36, 2,"
        " 'said so')"
    )
    db.execute("insert into posting values (36, 77, 1, 2)")
    db.execute("insert into vector (doc, model, packed) values (36, 'model', 'abc'::blob)")
    db.execute("insert into use values ('shop', 'i4', 3, 2, 1, 'then')")


FILLED = {1: fill_first_version, 2: fill_second_version, 3: fill_third_version}


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_every_version_becomes_the_present_one(db: Db, version: int) -> None:
    for number in range(1, version + 1):
        migrate(db, number - 1, number)
        FILLED[number](db)
    migrate(db, version)
    with duckdb.connect() as fresh:
        migrate(fresh, 0)
        assert shape(db) == shape(fresh)
    steps = [(number, step.__name__) for number, step in enumerate(STEPS, 1)]
    assert db.execute("select number, name from migration order by number").fetchall() == steps
    if version:
        assert db.execute("select id from life").fetchall() == [("f1",)]
        assert db.execute("select id from run").fetchall() == [("r1",)]
    items = {row[0]: from_row(row) for row in item_tables.items(db, "shop")}
    if version >= 2:
        assert items["i1"] == Item(*OLD[:-1])
        assert items["i2"] == Item(*NEW[:-1])
        assert (items["i3"].forgotten, items["i3"].closed_at, items["i3"].predicate) == (True, LATER, "")
        assert [row[-1] for row in item_tables.items(db, "shop")][:3] == [2, 3, 4]
    if version >= 3:
        told = Item("i4", "turn", "s", "", "said so", "why", "ada", "talk", "then", "then", project="p", until="2027",
                    about=("a.py",), session="session", position=7, mark="orders", seen=2,
                    rivals={"i2": "why"})  # fmt: skip
        assert items["i4"] == told
        assert db.execute("select doc, length, stems from item where id = 'i4'").fetchall() == [(36, 2, "said so")]
        assert db.execute("select * from posting").fetchall() == [(36, 77, 1, 2)]
        assert item_tables.uses_of(db, "shop") == {"i4": ["i4", 3, 2, 1, "then"]}
        assert db.execute("select packed from vector").fetchall() == [(b"abc",)]


def test_a_step_that_fails_leaves_no_trace(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(db, 0)
    before = shape(db)

    def fails(db: Db) -> None:
        db.execute("create table half (done integer)")
        raise RuntimeError("in the middle")

    monkeypatch.setattr(migrations, "STEPS", [*STEPS, fails])
    with pytest.raises(RuntimeError):
        migrate(db, len(STEPS))
    assert shape(db) == before
    assert db.execute("select max(number) from migration").fetchone() == (len(STEPS),)


def test_a_new_step_is_taken_when_the_memory_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "memory.duckdb"
    with Memory.open(path) as memory:
        story(memory)
        before = told(memory)

    def s002_moods(db: Db) -> None:
        db.execute("create table mood (good boolean)")

    monkeypatch.setattr(migrations, "STEPS", [*STEPS, s002_moods])
    with Memory.open(path) as memory:
        assert told(memory) == before
        assert memory.stats()["schema"] == len(STEPS) + 1
        assert memory.notices == ()


def test_a_step_has_its_number_in_its_name() -> None:
    def s001_again(db: Db) -> None:
        """Another branch took the number first."""

    with pytest.raises(AssertionError):
        migrations.step(s001_again)
    assert len({step.__name__ for step in STEPS}) == len(STEPS)


def told_by_version_two(number: int, row: tuple[object, ...]) -> Entry:
    """The event of an item as version 2 wrote it."""
    names = ("id", "kind", "subject", "predicate", "value", "because", "who", "source", "valid_from", "recorded_at")
    data = dict(zip(names, row, strict=False))
    return Entry("item", "shop", data, str(data["who"]), str(data["source"]), str(data["valid_from"]))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A memory as version 2 left it: the journal, and a database that has read all of it."""
    path = tmp_path / "nova.duckdb"
    journal = Journal(tmp_path / "nova.jsonl")
    code = ("i3", "fact", "door", "code", "4711", "", "ada", "notes.md", NOON, NOON)
    _, recorded = journal.append([
        Entry("verdict", "shop", asdict(verdict("f1")), "ada", "verdict", NOON),
        told_by_version_two(2, OLD), told_by_version_two(3, NEW), told_by_version_two(4, code),
        Entry("forgotten", "shop", {"id": "i3"}, "ada", "", LATER),
    ])  # fmt: skip
    header = journal.header()
    assert header is not None
    event, end = recorded[-1]
    with duckdb.connect(str(path)) as db:
        migrate(db, 0, 2)
        fill_second_version(db)
        tables.append(db, "verdict", "shop", [[*asdict(verdict("f1")).values(), 1]])
        tables.set_mark(db, Mark(header.journal, end, event.seq, event.sum))
    return path


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_memory_of_version_two_is_read_as_it_was(second: Path, rebuilt: bool) -> None:
    """Its rows are carried over, or derived again from its journal: both give the same, and the check agrees."""
    if rebuilt:
        second.unlink()
    with Memory.open(second) as memory:
        assert len(memory.notices) == rebuilt
        assert memory.check() == []
        old, new, gone = memory.items("shop")
        assert (old.value, old.superseded_by, old.closed_at) == ("10.0.0.7", "i2", LATER)
        assert (new.value, new.holds, new.seen, new.rivals) == ("10.0.0.9 ä", True, 1, {})
        assert (gone.value, gone.forgotten) == ("", True)
        assert memory.verdicts("shop") == [verdict("f1")]
        found = memory.recall(Query("what is the address of staging", targets=("shop",), now=LAST))
        assert [one.item.id for one in found] == ["i2"]
        assert memory.forget("shop", "i3", "ada", LATER).items == 1
        assert memory.check() == []
    assert b"4711" not in second.with_suffix(".jsonl").read_bytes()


def test_a_restored_event_of_version_two_is_understood(tmp_path: Path) -> None:
    """Its rows have 14 columns."""
    data = {"lives": [], "runs": [], "verdicts": [], "past": [], "items": [list(row) for row in (OLD, NEW, GONE)]}
    Journal(tmp_path / "nova.jsonl").append([Entry("restored", "shop", data, "nova", "database", "")])
    with Memory.open(tmp_path / "nova.duckdb") as memory:
        old, new, gone = memory.items("shop")
        assert (old, new) == (Item(*OLD[:-1]), Item(*NEW[:-1]))
        assert gone.forgotten
        assert memory.check() == []
        assert memory.forget("shop", ["i1", "i3"], "ada", LATER).items == 2
        assert memory.check() == []
        assert [one.value for one in memory.items("shop")] == ["", "10.0.0.9 ä", ""]
    assert b"10.0.0.7" not in (tmp_path / "nova.jsonl").read_bytes()
