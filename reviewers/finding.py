"""What a reviewer says: a finding, its place in a file, and the identity that outlives edits."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(enum.StrEnum):
    """A rule's declared consequence. It serves thresholds and SARIF levels, never the order."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def weight(self) -> int:
        """Position on the scale, 0 (info) to 3 (high)."""
        return ("info", "low", "medium", "high").index(self.value)


class Safety(enum.StrEnum):
    """How far a fix has been proved."""

    PROVEN = "proven"
    TESTED = "tested"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the finding, and what it has to do with it."""

    path: str
    line: int
    end_line: int
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement of text, in the coordinates of the file as it was read."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, with a place.

    ``fingerprint`` is a hash of the rule, the symbol, the normalised syntax and the order among twins in
    that symbol: no line number and no path. ``fixable`` says that a fix can be made here; the patch itself is
    made on demand, from ``edits`` where the tool supplied them, else by the rule's own ``fix``.
    """

    rule: str
    source: str
    severity: Severity
    confidence: float
    path: str
    span: Span
    symbol: str | None
    message: str
    fingerprint: str
    related: tuple[Related, ...] = ()
    fixable: bool = False
    fix_title: str = ""
    edits: tuple[Edit, ...] = ()


def fingerprint(rule: str, symbol: str | None, syntax: str) -> str:
    """What makes a finding the same finding after reformatting, added lines and renames."""
    return digest(rule, symbol or "", syntax)


def number_twins(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Tell twins in one symbol of one file apart by their order; the first keeps its fingerprint.

    The findings of one file go in, in any order; they come out ordered by place.
    """
    seen: dict[str, int] = {}
    numbered = []
    for finding in sorted(findings, key=lambda f: (f.span.line, f.span.column, f.rule, f.message)):
        order = seen.get(finding.fingerprint, 0)
        seen[finding.fingerprint] = order + 1
        numbered.append(replace(finding, fingerprint=digest(finding.fingerprint, str(order))) if order else finding)
    return tuple(numbered)


def identify(
    findings: Iterable[Finding],
    origins: Mapping[str, str],
    known: Mapping[tuple[str, str], str],
) -> dict[tuple[str, str], str]:
    """The id of each finding, keyed by ``(path, fingerprint)``.

    ``known`` holds the ids that memory already gave, under the present path; they are kept. Otherwise a finding
    whose fingerprint stands in one file alone is named by it, and twins in different files are told apart by
    their *origin*: the path that the file had before git renames (``origins``, present path to first path).
    """
    homes: dict[str, set[str]] = {}
    listed = [(f.path, f.fingerprint) for f in findings]
    for path, mark in listed:
        homes.setdefault(mark, set()).add(path)
    ids: dict[tuple[str, str], str] = {}
    taken = {known[key] for key in listed if key in known}
    for path, mark in listed:
        name = known.get((path, mark))
        if name is None:
            name = mark if len(homes[mark]) == 1 else digest(mark, origins.get(path, path))
            if name in taken and len(homes[mark]) == 1:
                name = digest(mark, origins.get(path, path))
        ids[path, mark] = name
        taken.add(name)
    return ids
