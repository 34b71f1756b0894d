"""A process that writes all it can is killed, and bytes are flipped: nothing acknowledged is lost, all of it opens."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from benchmarks.crashes import Said, Tally, crash, examine
from memory import Item, Kind, Query
from memory.store import Memory
from tests.memory.samples import child

if TYPE_CHECKING:
    from pathlib import Path

NOON = "2026-03-01T12:00:00Z"
SOME = "deploy invoice worker queue cache ledger nightly staging".split()  # noqa: SIM905 - as one reads it


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    tally = crash(12, 20260401, tmp_path)
    assert tally.wrong == []
    assert tally.kills == tally.flips == 12
    assert len(tally.said.items) > 30
    assert tally.said.verdicts
    assert tally.said.runs


def test_the_examination_sees_what_is_lost(tmp_path: Path) -> None:
    """Held against a memory that lacks what was said, it must complain of each thing."""
    (tmp_path / "memory").mkdir()
    with Memory.open(tmp_path / "memory" / "nova.duckdb") as memory:
        made = memory.remember(Item("", Kind.NOTE, "s", "", "it is there", "", "ada", "", NOON, NOON), "shop", "k")
    said, tally = Said(), Tally()
    said.hear(["item 0123 lost words", f"item {made.id} other words", "verdict v1", "run r1", f"again {made.id} 3"])
    examine(tmp_path / "memory", said, tally)
    assert len(tally.wrong) == 5
    said.hear([f"erasing {made.id}", f"erased {made.id}"])
    examine(tmp_path / "memory", said, tally)
    assert any("was erased and is there" in sentence for sentence in tally.wrong)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A memory large enough that its items, its words and its index fill pages of their own."""
    folder = tmp_path_factory.mktemp("whole")
    dice = random.Random(20260402)
    with Memory.open(folder / "nova.duckdb") as memory:

        def fill() -> None:
            for number in range(60):
                text = " ".join(dice.choice(SOME) for _ in range(20)) + f" note{number}"
                memory.remember(Item("", Kind.NOTE, "s", "", text, "", "ada", "", NOON, NOON), "shop", str(number))

        fill()
        memory.recall(Query("deploy", targets=("shop",), now=NOON))
        memory.compact()
    return folder


LEAVER = """
import os, sys
from pathlib import Path
from memory import Item, Kind
from memory.store import Memory
memory = Memory.open(Path(sys.argv[1]))
for number in range(5):
    when = "2026-03-01T12:00:00Z"
    memory.remember(Item("", Kind.NOTE, "s", "", f"late{number}", "", "", "", when, when), "shop", f"late{number}")
os._exit(9)
"""


@pytest.mark.slow
def test_a_page_that_the_log_needs_and_cannot_read_is_no_end(whole: Path, tmp_path: Path) -> None:
    """Where the log cannot be applied for the database is spoilt, both go, and the journal tells it all again."""
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    leaver = child(LEAVER, home / "nova.duckdb")
    leaver.communicate(timeout=60)
    assert leaver.returncode == 9
    assert (home / "nova.duckdb.wal").stat().st_size
    content = (home / "nova.duckdb").read_bytes()
    dice = random.Random(20260405)
    for place in dice.sample(pages(content), 12):
        folder = tmp_path / "spoilt"
        shutil.copytree(home, folder)
        spoilt = bytearray(content)
        spoilt[place + dice.randrange(512)] ^= dice.randrange(1, 256)
        (folder / "nova.duckdb").write_bytes(spoilt)
        with Memory.open(folder / "nova.duckdb") as memory:
            assert [one.value for one in memory.items("shop")][-5:] == [f"late{number}" for number in range(5)], place
            assert memory.recall(Query("note17", targets=("shop",), now=NOON)), place
            assert len(memory.items("shop")) == 65
        shutil.rmtree(folder)


def pages(content: bytes) -> list[int]:
    """Where something is written: a place in each run of 512 bytes that holds more than zeros."""
    return [at for at in range(0, len(content) - 512, 512) if any(content[at : at + 512])]


@pytest.mark.slow
def test_a_flipped_byte_on_any_page_is_met_and_mended(whole: Path, tmp_path: Path) -> None:
    """Every written part of the file is spoilt once in its turn: headers, tables, words, and the index of items."""
    content = (whole / "nova.duckdb").read_bytes()
    dice = random.Random(20260403)
    with Memory.open(whole / "nova.duckdb") as memory:
        before = [one.value for one in memory.items("shop")]
    written = pages(content)
    chosen = [*written[:6], *dice.sample(written, min(18, len(written)))]
    mended = 0
    for number, place in enumerate(chosen):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(whole / "nova.jsonl", folder / "nova.jsonl")
        spoilt = bytearray(content)
        spoilt[place + dice.randrange(512)] ^= dice.randrange(1, 256)
        (folder / "nova.duckdb").write_bytes(spoilt)
        with Memory.open(folder / "nova.duckdb") as memory:
            assert [one.value for one in memory.items("shop")] == before, place
            found = memory.recall(Query("note17", targets=("shop",), now=NOON))
            assert any("note17" in one.item.value for one in found), place
            memory.remember(Item("", Kind.NOTE, "s", "", "one more", "", "ada", "", NOON, NOON), "shop", "more")
            memory.forget("shop", memory.items("shop")[0].id, "ada", NOON)
            assert memory.check() == [], place
            assert len(memory.items("shop")) == len(before) + 1
            mended += bool(memory.notices)
        shutil.rmtree(folder)
    assert mended >= len(chosen) // 2
