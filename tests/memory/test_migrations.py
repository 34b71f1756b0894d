"""Every earlier shape of the database is taken to the present one, and keeps what it held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from memory import migrations
from memory.migrations import STEPS, migrate
from memory.store import Memory
from tests.memory.samples import story, told

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


FILLED = {1: fill_first_version}


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_every_version_becomes_the_present_one(db: Db, version: int) -> None:
    migrate(db, 0, version)
    for number in range(1, version + 1):
        if number in FILLED:
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
