"""What the ranking is given: memories that may answer, and the figures of the whole scope that they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Candidate:
    """One memory that may answer."""

    id: str
    kind: str
    """Decides the weights: ``turn``, ``code``, or anything else, which counts as a note."""
    stems: tuple[str, ...]
    """``memory.search.words`` of its text, in order, without its speaker's name."""
    who: str = ""
    when: str = ""
    """ISO 8601; only its date is read."""
    session: str = ""
    """The conversation or document it stands in; empty where it stands alone and has no neighbours."""
    position: int = 0
    """From 0, without gaps, in its session."""
    asks: bool = False
    """Whether its text has a question mark."""
    tokens: int = 0
    """What it costs to show."""
    cosine: float | None = None
    """Of the question with this memory *read after the one before it in its session*, which finds more than the
    memory alone; None without an embedder."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of all memories of the scope, not of the candidates alone."""

    count: int
    mean_length: float
    """Stems a memory."""
    holding: Mapping[str, int] = field(default_factory=dict)
    """How many memories hold each stem of the question; a stem that none holds may be left out."""
