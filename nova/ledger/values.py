"""The ledger as one value, with where each part of it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.ledger.course import Course
    from nova.ledger.effect import Effect
    from nova.ledger.tally import Tally


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews that memory tells of. ``first`` and ``last`` are ISO 8601 in UTC, empty where there is none."""

    count: int = 0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """The commit that stands for today: its name, its hash, and its time in seconds since 1970."""

    name: str
    commit: str
    time: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A proposal that was merged, and what is left of it. ``commit`` is where it landed, empty where not known."""

    course: Course
    commit: str
    paths: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of it. ``since`` is when the report before this one was made, empty where none is known.

    ``unmeasured`` counts the older merged proposals that were not measured; ``notes`` are sentences on what is
    missing or damaged.
    """

    name: str
    root: str
    memory: str
    tip: Tip | None
    now: str
    since: str
    reviews: Reviews
    all: Tally
    rules: Mapping[str, Tally]
    merged: tuple[Merged, ...]
    unmeasured: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was proposed, and nothing was said."""
        return not self.all.is_told_of
