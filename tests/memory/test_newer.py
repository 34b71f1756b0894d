"""What a newer Nova wrote is refused, byte for byte as it was."""

from __future__ import annotations

import shutil
import struct
from typing import TYPE_CHECKING

import duckdb
import pytest

from memory import NewerMemory
from memory.store import Memory
from tests.memory.samples import story

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "memory.duckdb"
    with Memory.open(made) as memory:
        story(memory)
    return made


def refused(path: Path) -> NewerMemory:
    """The refusal, after a look at every file before and behind it."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(NewerMemory) as caught:
        Memory.open(path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    assert caught.value.next_step.startswith("update Nova")
    return caught.value


def test_a_database_from_a_newer_nova_is_left_untouched(path: Path) -> None:
    with duckdb.connect(str(path)) as db:
        db.execute("insert into migration values (99, 's099_things_to_come')")
    assert "schema version 99" in refused(path).why


def test_a_newer_database_whose_log_is_not_put_away_is_left_untouched(path: Path, tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    db = duckdb.connect(str(path))
    db.execute("insert into migration values (99, 's099_things_to_come')")
    for file in tmp_path.glob("memory.*"):
        shutil.copy(file, live / file.name)
    db.close()
    assert (live / "memory.duckdb.wal").exists()
    assert "schema version 99" in refused(live / path.name).why


def test_a_journal_from_a_newer_nova_is_left_untouched(path: Path) -> None:
    journal = path.with_suffix(".jsonl")
    journal.write_bytes(journal.read_bytes().replace(b'"version":1', b'"version":7'))
    assert "version 7" in refused(path).why
    path.unlink()
    assert "version 7" in refused(path).why
    assert not path.exists()


def test_a_file_from_a_newer_duckdb_is_left_untouched(path: Path) -> None:
    """The number of the storage format is raised, and the block's checksum is made to fit."""
    content = bytearray(path.read_bytes())
    content[12:20] = struct.pack("<Q", 9999)
    total = 5381
    for (word,) in struct.iter_unpack("<Q", content[8:4096]):
        total ^= word * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    content[:8] = struct.pack("<Q", total)
    path.write_bytes(content)
    error = refused(path)
    assert error.what == "the database was written by a newer DuckDB"
    assert "9999" in error.why
