"""The words by which an item is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.code_words import terms
from memory.item import ABOUT, BECAUSE, KIND, PREDICATE, SUBJECT, VALUE, Kind
from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

EDITION = "2"
"""Which words are kept of an item in the index. Another number has the index made anew."""
CODE = "code:"
"""Stands before the stems of code, which are no words of sentences."""


def stems_of(row: Sequence[Any]) -> tuple[str, ...]:
    """The words by which the item of a row is found: what it is about, what it says, and why it is so."""
    if row[KIND] == Kind.CODE:
        return tuple(CODE + stem for stem in terms(row[VALUE]))
    return tuple(words(" ".join(row[at] for at in (SUBJECT, PREDICATE, VALUE, BECAUSE, ABOUT))))
