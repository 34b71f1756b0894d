"""How long memory takes with fifty thousand items in it, and how much room they need."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.table import Figure
from memory import Draft, Item, Query, item_id
from memory.event import Entry
from memory.item import to_data
from memory.store import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ITEMS = 50_000
ASKED = 200
TAKEN = 100
COMMANDS = 7
WORDS = 30_000
DAY = "2026-01-01T00:00:00Z"
NOW = "2026-06-01T00:00:00Z"


class Speech:
    """Sentences of made-up words, as rare and as common as words are (Zipf's law)."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nobody is to be kept from guessing
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = ["".join(self._random.choices(letters, k=self._random.randint(3, 9))) for _ in range(WORDS)]
        self._weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(WORDS)))

    def sentence(self, count: int) -> str:
        """So many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))


def measure(items: int = ITEMS) -> Iterator[Figure]:
    """The figures, from a memory made for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "nova.duckdb")
        speech = Speech(7)
        _fill(path, speech, items)
        seen = f"{items:,} memories"
        questions = [speech.sentence(9) for _ in range(ASKED)]
        drafts = [Draft(_item(speech.sentence(15)), "", f"new {n}") for n in range(TAKEN)]
        with Memory.open(path) as memory:
            memory.recall(Query(speech.sentence(8), now=NOW))
            asked = [_timed(partial(memory.recall, Query(text, now=NOW))) for text in questions]
            taken = [_timed(partial(memory.take, [draft])) for draft in drafts]
        yield Figure("recall", "wall, p95", _p95(asked), 50.0, "ms", f"{seen}, {ASKED} questions, process running")
        yield Figure("recall", "wall, median", sorted(asked)[len(asked) // 2], None, "ms", seen)
        yield Figure("one memory taken in", "wall, median", sorted(taken)[len(taken) // 2], 10.0, "ms", seen)
        yield Figure("one memory taken in", "wall, p95", _p95(taken), None, "ms", f"{seen}, {TAKEN} times")
        command = [sys.executable, "-m", "nova", "recall", speech.sentence(9), "--db", str(path)]
        run = partial(subprocess.run, command, check=True, capture_output=True)
        runs = [_timed(run) for _ in range(COMMANDS)]
        yield Figure("nova recall", "wall, median", sorted(runs)[COMMANDS // 2] / 1000, 0.7, "s", seen)
        room = path.stat().st_size + path.with_suffix(".jsonl").stat().st_size
        yield Figure("a memory", "database and journal", room / items / 1000, 4.0, "kB", f"{seen}, no vectors")


def _fill(path: Path, speech: Speech, items: int) -> None:
    """Put items into a memory as a rebuilt one has them."""
    with Memory.open(path) as memory:
        for start in range(0, items, 5000):
            made = [_item(speech.sentence(15), str(n)) for n in range(start, min(items, start + 5000))]
            entries = [Entry("item", "", to_data(one), one.who, one.source, one.valid_from) for one in made]
            memory._ledger.record(entries)  # as a rebuild does, without a judgement of each


def _item(text: str, key: str = "") -> Item:
    return Item(item_id("", key), "note", "", "", text, "", "ada", "nova remember", DAY, DAY)


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]
