"""What a night may do: for how long, what it may write, and whether it runs though nothing changed. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from nova.proposing.past import MOST_OPEN


class Way(enum.StrEnum):
    """What becomes of proved fixes: a person is asked in the morning, local branches, or draft pull requests."""

    ASK = "ask"
    BRANCHES = "branches"
    DRAFTS = "drafts"

    @property
    def grants(self) -> frozenset[str]:
        """The tools whose writes need no further yes."""
        return {
            Way.ASK: frozenset[str](), Way.BRANCHES: frozenset({"propose"}), Way.DRAFTS: frozenset({"post_proposals"})
        }[self]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """One budget for all targets. ``writes`` bounds the new proposals of them all; None leaves it to each target."""

    minutes: float = 30
    way: Way = Way.ASK
    writes: int | None = None
    again: bool = False

    def top(self, used: int) -> int:
        """How many a target may have after so many were made for others."""
        return MOST_OPEN if self.writes is None else max(0, min(MOST_OPEN, self.writes - used))
