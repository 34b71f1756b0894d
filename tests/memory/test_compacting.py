"""The database written anew: smaller, with all that was in it, and whole whatever happens on the way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from memory import Item, Kind, Query, Unwritable
from memory.store import Memory
from tests.memory.samples import child, story, told

if TYPE_CHECKING:
    from pathlib import Path

NOON = "2026-03-01T12:00:00Z"
ASKED = Query("thing17", targets=("shop",), now=NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A memory in which much was written over."""
    path = tmp_path / "nova.duckdb"
    with Memory.open(path) as memory:
        story(memory)
        for number in range(40):
            memory.remember(Item("", Kind.NOTE, "s", "", f"thing{number}", "", "", "", NOON, NOON), "shop", str(number))
            memory.keep_page("shop", "review", str(number), os.urandom(60_000))
        memory.recall(ASKED)
    return path


def whole(memory: Memory) -> tuple[object, ...]:
    return told(memory), memory.items("shop"), memory.page("shop", "review"), [o.item for o in memory.recall(ASKED)]


def test_a_compacted_memory_is_smaller_and_tells_the_same(path: Path) -> None:
    journal = path.with_suffix(".jsonl").read_bytes()
    with Memory.open(path) as memory:
        before = whole(memory)
        large, small = memory.compact()
        assert small == path.stat().st_size < large
        assert whole(memory) == before
        assert memory.check() == []
        assert memory.notices == ()
        memory.remember(Item("", Kind.NOTE, "s", "", "said afterwards", "", "", "", NOON, NOON), "shop", "after")
    assert path.with_suffix(".jsonl").read_bytes().startswith(journal)
    with Memory.open(path) as memory:
        assert memory.items("shop")[-1].value == "said afterwards"
        assert memory.notices == ()
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in path.parent.iterdir()) == ["nova.duckdb", "nova.jsonl", "nova.jsonl.lock"]


def test_a_refused_write_leaves_the_old_file_and_the_memory_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Memory.open(path) as memory:
        before = whole(memory)

        def refused(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", refused)
        with pytest.raises(Unwritable):
            memory.compact()
        monkeypatch.undo()
        assert whole(memory) == before
        assert not path.with_name("nova.duckdb.new").exists()
        memory.compact()
        assert whole(memory) == before


def test_who_waits_for_the_database_gets_the_fresh_one(path: Path) -> None:
    """Another process begins to wait while the file is in use, and is let in after another file took its place."""
    code = """
        import sys
        from pathlib import Path
        from memory import Item, Kind
        from memory.store import Memory
        print("begun", flush=True)
        with Memory.open(Path(sys.argv[1]), wait=30) as memory:
            when = "2026-03-01T12:00:00Z"
            item = Item("", Kind.NOTE, "s", "", "said by another", "", "", "", when, when)
            memory.remember(item, "shop", "another")
    """
    with Memory.open(path) as memory:
        other = child(code, path)
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        memory.compact()
    assert other.communicate(timeout=60)[0] == ""
    assert other.returncode == 0
    with Memory.open(path) as memory:
        assert memory.items("shop")[-1].value == "said by another"
        assert memory.check() == []
        assert memory.notices == ()
