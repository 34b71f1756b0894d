"""What is asked of memory, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from memory.item import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from memory.item import Item

TOKENS = 1500
"""The budget where none is given, in tokens."""
FLOOR = 0.22
"""The score that the best one found must reach: below it nothing is shown. docs/memory.md tells how it was chosen."""
FINDABLE = frozenset(Kind) - {Kind.PROJECT}
"""Kinds that words may find: a project's own state is not."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of memory, by whom, and among what."""

    text: str
    targets: tuple[str, ...] = ("",)
    projects: tuple[str, ...] | None = None
    """Among which projects; empty for what belongs to none. None for all."""
    kinds: Collection[str] | None = None
    files: tuple[str, ...] = ()
    """Files that are about to be read or changed."""
    now: str = "9999"
    as_of: str | None = None
    past: bool = False
    budget: int = TOKENS
    most: int = 12
    """Items that are found or named, at most."""
    standing: bool = True
    """Whether what stands in the scope is shown whatever the words are."""
    sparing: bool = False
    """Whether of what stands only that is shown which the words speak of: for a question, not for a deed."""
    decisions: int = 0
    """How many decisions about no single thing, the newest, stand too."""
    floor: float = FLOOR
    reader: str = ""
    """Who is shown it, for the record; empty where it is not to be recorded."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that is shown, and why."""

    item: Item
    target: str
    part: str
    """``standing``, ``named`` or ``found``."""
    score: float
    why: str
    rivals: tuple[str, ...] = ()
    """The ids of those shown that say otherwise."""
    matched: Mapping[str, float] = field(default_factory=dict)
    """The stems of the question that it speaks of, and what each weighs."""
