"""One process holds the memory at a time; another waits, and then says who holds it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from memory import Held
from memory.store import Memory
from tests.memory.samples import child, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

HOLDER = """
import sys, time
from pathlib import Path
from memory.store import Memory
with Memory.open(Path(sys.argv[1])) as memory:
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held(path: Path, seconds: float) -> Iterator[int]:
    holder = child(HOLDER, path, seconds)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield holder.pid
    finally:
        holder.kill()
        holder.communicate()


def test_the_second_process_waits_and_then_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    said: list[str] = []
    with held(path, 0.5) as pid, Memory.open(path, wait=60, on_wait=said.append) as memory:
        memory.verdict("shop", verdict())
        assert len(said) == 1
        assert said[0].startswith(f"waiting for process {pid} (")
        assert said[0].endswith(") to let go of the memory")


def test_the_second_process_says_who_holds_the_memory_when_the_wait_is_over(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    with held(path, 60) as pid:
        start = time.monotonic()
        with pytest.raises(Held) as caught:
            Memory.open(path, wait=0.3)
        assert 0.3 <= time.monotonic() - start < 30
        with pytest.raises(Held):
            Memory.open(path, wait=0)
    error = caught.value
    assert error.pid == pid
    assert str(path) in (error.command or "")
    assert str(pid) in error.what
    assert error.why
    assert error.next_step


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.duckdb"
    with held(path, 60):
        pass
    with Memory.open(path, wait=0) as memory:
        assert memory.notices == ()
