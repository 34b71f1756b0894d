"""What an embedder adds: vectors with the name of their model, made when they are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from memory import Draft, Item, Query
from memory.store import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DAY = "2026-03-01T10:00:00Z"
SENSES = {"bins": 0, "garbage": 0, "pickup": 0, "soup": 1, "lunch": 1, "vpn": 2}


class Senses:
    """An embedder that knows six words."""

    dimension = 3

    def __init__(self, name: str = "senses 1") -> None:
        self.name = name
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked += len(texts)
        return [self._row(text) for text in texts]

    def _row(self, text: str) -> list[float]:
        row = [0.0, 0.0, 0.0]
        for word, sense in SENSES.items():
            row[sense] += float(word in text.casefold())
        length = sum(value * value for value in row) ** 0.5
        return [value / length for value in row] if length else row


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "nova.duckdb") as opened:
        texts = ("the garbage pickup moved to Friday", "soup for lunch", "the vpn needs a certificate")
        opened.take(Draft(Item("", "note", "", "", text, "", "", "", DAY, DAY), "", text) for text in texts)
        yield opened


def first(memory: Memory, text: str, model: Senses | None) -> str:
    shown = memory.recall(Query(text, now="2026-05-01"), model)
    return shown[0].item.value if shown else ""


def test_a_question_with_other_words_finds_its_answer_by_meaning(memory: Memory) -> None:
    assert first(memory, "tonight: bins?", Senses()) == "the garbage pickup moved to Friday"
    assert first(memory, "zebra", Senses()) == ""


def test_vectors_are_made_once_for_each_model(memory: Memory) -> None:
    model = Senses()
    first(memory, "bins", model)
    assert model.asked == 3 + 1
    first(memory, "bins", model)
    assert model.asked == 3 + 2
    other = Senses("senses 2")
    first(memory, "bins", other)
    assert other.asked == 3 + 1
    assert memory.embed(model) == 0


def test_vectors_outlive_a_rebuild_and_go_with_what_is_forgotten(memory: Memory) -> None:
    model = Senses()
    memory.embed(model)
    memory.rebuild()
    assert memory.embed(model) == 0
    gone = memory.items("")[0]
    memory.forget("", gone.id, "ada", DAY)
    assert first(memory, "bins", model) == ""
    assert memory.check() == []
