"""Whether a new value stands above the old one when both were written as free sentences, through the whole of memory.

Each update is a memory of its own: the old sentence is taken in, then other people's sentences, then the new one, and
then the question is asked. The new value stands above where it is shown and the old one is not, or is behind it.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.table import Figure
from memory import Draft, Item, Query
from memory.store import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from memory.embedding import Embedder

FOLDER = Path(__file__).parents[1] / "tests" / "assets" / "updates"
BESIDE = 8
"""Sentences of other updates that lie in the same memory."""
NOW = "2026-06-01T00:00:00Z"
GOAL = 0.95


def measure(
    folder: Path = FOLDER, embedder: Embedder | None = None, misses: list[str] | None = None
) -> Iterator[Figure]:
    """The figures of the held-out updates, and of the pairs that only look like one."""
    name = embedder.name.split()[0] if embedder else "none"
    updates, pairs = _read(folder / "held_out.jsonl"), _read(folder / "look_alikes.jsonl")
    ends: Counter[str] = Counter()
    for at, one in enumerate(updates):
        beside = [updates[(at + 7 * step) % len(updates)]["old"] for step in range(1, BESIDE + 1)]
        how = _update(one, beside, embedder)
        ends[how] += 1
        if misses is not None and how not in {"closed", "first"}:
            misses.append(f"{one['id']} {how}: {one['old']!r} -> {one['new']!r}; {one['question']!r}")
    above = (ends["closed"] + ends["first"]) / len(updates)
    told = ", ".join(f"{n} {how}" for how, n in ends.most_common())
    yield Figure(
        f"supersession: the new value above the old one, {name}", "held out", above, GOAL, "", told, at_least=True
    )
    kept: Counter[str] = Counter(_pair(one) for one in pairs)
    told = ", ".join(f"{n} {how}" for how, n in kept.most_common())
    yield Figure(
        f"supersession: pairs that both hold, {name}", "closed wrongly", kept["closed"] / len(pairs), 0.02, "", told
    )


def _update(one: dict[str, Any], beside: Sequence[str], embedder: Embedder | None) -> str:
    """How an update ends: ``closed``, ``first`` (both shown, the new one before), or how it fails."""
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder, "nova.duckdb")) as memory:
        texts = [one["old"], *beside, one["new"]]
        taken = memory.take([Draft(_item(text, at), "", f"{at}") for at, text in enumerate(texts)])
        old, new = taken[0].item.id, taken[-1].item.id
        shown = [hit.item.id for hit in memory.recall(Query(one["question"], now=NOW), embedder)]
        holds = memory.item("", old)
    if holds is None or not holds.holds:
        closed_by = holds.superseded_by if holds else None
        return "closed" if new in shown and closed_by == new else "closed, and the new one not shown"
    if new not in shown:
        return "neither shown" if old not in shown else "the old one alone"
    return "first" if old not in shown or shown.index(new) < shown.index(old) else "behind"


def _pair(one: dict[str, Any]) -> str:
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder, "nova.duckdb")) as memory:
        (_, second) = memory.take([Draft(_item(one["a"], 0), "", "a"), Draft(_item(one["b"], 1), "", "b")])
    if second.closed:
        return "closed"
    return "said to contradict" if second.rivals else second.outcome


def _item(text: str, at: int) -> Item:
    when = f"2026-03-{at + 1:02}T10:00:00Z"
    return Item("", "note", "", "", text, "", "ada", "nova remember", when, when)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
