"""Which pull requests a run of ``nova sync`` reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 25
"""Pull requests that one run reads: the next goes on where it ended."""
MOST_OWED = 10
"""Of those the ones that an earlier run could not read wholly."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pull request in the list: what tells whether it is to be read. ``updated`` is ISO 8601 in UTC."""

    number: int
    updated: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Read:
    """How far an account has read: up to a moment, but for some pull requests, by their numbers."""

    until: str = ""
    owed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pull requests to read, the moment up to which all is read then, and how many that changed have to wait."""

    numbers: tuple[int, ...]
    until: str = ""
    waiting: int = 0


def chosen(listed: Sequence[Listed], had: Read) -> Chosen:
    """What to read: what an earlier run owes, then what changed, from the oldest change on, then open ones.

    So a run that cannot take all that changed ends at a moment. Open ones are read besides, as far as there is room: a
    reaction or a resolved thread changes no time.
    """
    owed = had.owed[:MOST_OWED]
    fresh = sorted((one for one in listed if one.updated >= had.until), key=lambda one: one.updated)
    again = sum(one.updated == had.until for one in fresh)  # a change in the same second may have come after
    taken = fresh[: again + MOST - len(owed)]
    numbers = dict.fromkeys([*owed, *(one.number for one in taken)])
    others = [one.number for one in listed if one.is_open and one.number not in numbers]
    until = taken[-1].updated if taken else had.until
    return Chosen((*numbers, *others[: max(0, MOST - len(numbers))]), until, len(fresh) - len(taken))
