"""The answer of a review, as a value: what the reports render and what JSON schema version 1 describes."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewers.finding import Related, Safety, Severity, Span


class Status(enum.StrEnum):
    """``incomplete``: something in scope failed, so a clean answer would be a lie."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class State(enum.StrEnum):
    """Where a finding is in its life."""

    NEW = "new"
    OPEN = "open"
    REGRESSED = "regressed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was reviewed."""

    name: str
    root: str
    commit: str | None
    dirty: bool
    url: str | None = None
    """The address people know the repository by, as ``https://host/owner/name``, where it has one; no secrets in it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """The edit that a rule offers, as a unified diff."""

    title: str
    safety: Safety
    patch: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A finding with its identity, its rank and the reasons for it."""

    id: str
    rule: str
    source: str
    severity: Severity
    confidence: float
    path: str
    span: Span
    symbol: str | None
    message: str
    reasons: tuple[str, ...]
    related: tuple[Related, ...]
    score: float
    rank: int
    state: State
    introduced_by_diff: bool | None
    fixable: bool
    """Whether a fix can be made; ``fix`` itself is only made where it is asked for."""
    fix: Fix | None = None
    fingerprint: str = ""
    """What the finding is known by in memory, together with its path."""
    silent: bool = False
    """Whether it counts as dismissed because its rule is silent there, not for itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A function or file worth mending first, with its numbers in words."""

    path: str
    line: int
    end_line: int
    symbol: str | None
    score: float
    rank: int
    reasons: tuple[str, ...]
    step: str | None


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not reviewed, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What was read and found. ``seconds`` and ``cached_files`` are all that may differ between equal runs.

    ``dismissed`` counts the ``silent`` ones too: those that were left out because their rule is silent there.
    """

    files: int
    lines: int
    findings: int
    shown: int
    dismissed: int
    fixed_since_last: int
    seconds: float
    cached_files: int
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """The whole answer. ``findings`` and ``places`` hold what is to be shown, best first."""

    nova: str
    status: Status
    target: Reviewed
    findings: tuple[Ranked, ...]
    places: tuple[Place, ...]
    skipped: tuple[Left, ...]
    failed: tuple[Left, ...]
    totals: Totals
    notices: tuple[str, ...] = ()
    """Sentences for the person about this run: a shallow history, memory that was not to be had, and the like."""
    scope: str = ""
    """What was looked at, in words: ``work tree``, ``commit 1234abcd``, ``staged changes``, ``main...HEAD``."""
    worst: Severity | None = None
    """The highest severity among all findings that count, shown or not; for ``--fail-on``."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many findings count, by severity, shown or not."""
    remembered: bool = True
    """Whether memory took it in, so that ``nova show`` and ``nova verdict`` know its findings."""
