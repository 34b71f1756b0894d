"""Which words people use for one another, read from ``thesaurus.txt`` beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from memory.search import words


@cache
def groups() -> dict[str, frozenset[int]]:
    """The groups that each stem stands in, by their numbers."""
    found: dict[str, set[int]] = {}
    text = Path(__file__).with_name("thesaurus.txt").read_text("utf-8")
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for word in line.split():
                for stem in words(word)[:1]:
                    found.setdefault(stem, set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}


@cache
def members() -> dict[int, frozenset[str]]:
    """The stems of each group."""
    found: dict[int, set[str]] = {}
    for stem, numbers in groups().items():
        for number in numbers:
            found.setdefault(number, set()).add(stem)
    return {number: frozenset(stems) for number, stems in found.items()}


def akin(stem: str) -> frozenset[str]:
    """The stems that may stand for a stem, itself left out."""
    return frozenset().union(*(members()[number] for number in groups().get(stem, ()))) - {stem}
