"""What became of earlier proposals, and what follows for the next ones. Pure."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_OPEN = 3
"""How many proposals may be open for one target."""
REST = timedelta(days=14)
"""How long a rule rests after its proposal was closed; twice as long for each further one that was closed."""
IN_A_ROW = 3
"""After so many closed in a row only one may be open, whatever its rule."""


class Stage(enum.StrEnum):
    """Where a proposal is. ``stale``: it was closed by Nova itself, for it is no longer true."""

    LOCAL = "local"
    OPEN = "open"
    MERGED = "merged"
    CHANGED = "changed"
    CLOSED = "closed"
    REVERTED = "reverted"
    STALE = "stale"


OVER = frozenset({Stage.MERGED, Stage.CHANGED, Stage.CLOSED, Stage.REVERTED, Stage.STALE})
REFUSED = frozenset({Stage.CLOSED, Stage.REVERTED})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as memory holds it. ``at`` is when it came to its stage, ISO 8601 in UTC.

    ``merged``: as it was proposed; ``changed``: merged after a person changed it; ``closed``: by a person, unmerged.
    """

    id: str
    rule: str
    branch: str
    base: str
    """The commit that it stands on."""
    findings: tuple[str, ...]
    stage: Stage
    at: str
    number: int | None = None
    """Of its pull request."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many proposals may be made now, and why a rule is not among them."""

    most: int
    resting: dict[str, str]
    why: str = ""


def room(past: Sequence[Proposal], now: str, most_open: int = MOST_OPEN) -> Room:
    """What earlier proposals leave room for: one a rule, few a target, and less where people close them."""
    alive = [p for p in past if p.stage not in OVER]
    resting = {p.rule: f"{_named(p)} is open" for p in alive if p.stage is Stage.OPEN}
    for rule, times in Counter(p.rule for p in past if p.stage in REFUSED).items():
        last = max((p for p in past if p.rule == rule and p.stage in REFUSED), key=lambda p: p.at)
        until = datetime.fromisoformat(last.at) + REST * 2 ** (times - 1)
        if datetime.fromisoformat(now) < until:
            resting.setdefault(rule, f"{_named(last)} was {last.stage.value}; it rests until {until.date()}")
    opened = sum(p.stage is Stage.OPEN for p in alive)
    limit, why = most_open, f"{opened} of {most_open} proposals are open"
    if _refused_in_a_row(past) >= IN_A_ROW:
        limit, why = 1, f"the last {_refused_in_a_row(past)} were closed unmerged, so one at a time"
    return Room(max(0, limit - opened), resting, why if opened >= limit else "")


def _refused_in_a_row(past: Iterable[Proposal]) -> int:
    told = sorted((p for p in past if p.stage in OVER and p.stage is not Stage.STALE), key=lambda p: p.at, reverse=True)
    return next((n for n, p in enumerate(told) if p.stage not in REFUSED), len(told))


def _named(proposal: Proposal) -> str:
    return f"#{proposal.number}" if proposal.number else proposal.branch
