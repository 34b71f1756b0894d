"""A process that is killed at any moment loses nothing that it had acknowledged."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from memory.store import Memory
from tests.memory.samples import child

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 12
LONGEST = 0.6
"""How long a process may live after its first word, in seconds; the moment is drawn anew each time."""

WRITER = """
import sys
from pathlib import Path
from memory.store import Memory
from tests.memory.samples import review, sighting, verdict

round, path = sys.argv[1], Path(sys.argv[2])
print("begun", flush=True)
for number in range(10_000):
    name = f"{round}-{number}"
    with Memory.open(path) as memory:
        for part in "ab":
            review(memory, name + part, [sighting(f"f{n}", line=number) for n in range(number % 7, number % 7 + 20)])
            print("run", name + part, flush=True)
        memory.keep_page("shop", "review", name, name.encode() * 50_000)
        memory.verdict("shop", verdict(name))
        print("verdict", name, flush=True)
"""


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_a_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    dice = random.Random(20260303)
    runs: set[str] = set()
    verdicts: set[str] = set()
    for number in range(KILLS):
        writer = child(WRITER, number, path)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        time.sleep(dice.random() * LONGEST)
        writer.kill()
        for line in writer.communicate()[0].splitlines():
            kind, _, name = line.partition(" ")
            {"run": runs, "verdict": verdicts}[kind].add(name)
        with Memory.open(path) as memory:
            assert memory.notices == ()
            told = {run.snapshot for run in memory.runs("shop", 100_000)}
            assert told >= runs
            assert {verdict.id for verdict in memory.verdicts("shop")} >= verdicts
            assert all("was never finished" in problem for problem in memory.check())
            page = memory.page("shop", "review")
            assert page is None or page[1] == page[0].encode() * 50_000
            assert not runs or len(memory.lives("shop")) >= 20
    assert runs
    assert verdicts
    with Memory.open(path) as memory:
        lives = memory.lives("shop")
        memory.rebuild()
        assert memory.lives("shop") == lives
