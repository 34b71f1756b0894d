"""A review as bytes, so that the same question about the same state is answered at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.answer import Fix, Left, Place, Ranked, Review, Reviewed, State, Status, Totals
from reviewers.finding import Related, Safety, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.subject import Subject

VERDICTS = ".nova/verdicts.jsonl"
TAUGHT = "taught"
"""The page, of no target, that holds what each repository's verdicts tell the others."""
SHOWN = "shown"
"""The page that holds what was shown last, so that a rank can be typed for an id."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as it was shown last: enough to give a verdict on."""

    rank: int
    id: str
    fingerprint: str
    path: str
    rule: str
    symbol: str | None
    message: str
    span: Sequence[int] | None = None
    """Line, column, last line and last column of what is flagged; None where it is known by its line alone."""
    line: int = 0
    is_high: bool = False


def pack_shown(review: Review) -> bytes:
    """What a review shows, by rank."""
    rows = [
        [f.rank, f.id, f.fingerprint, f.path, f.rule, f.symbol, f.message, _span(f.span), f.span.line,
         f.severity is Severity.HIGH]
        for f in review.findings
    ]  # fmt: skip
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def unpack_shown(data: bytes) -> list[Shown]:
    """The rows that ``pack_shown`` wrote."""
    return [Shown(*row) for row in json.loads(data)]


def pack(review: Review) -> bytes:
    """The review as JSON."""
    data = [
        review.nova,
        review.status.value,
        [review.target.name, review.target.root, review.target.commit, review.target.dirty],
        [_pack(f) for f in review.findings],
        [[p.path, p.line, p.end_line, p.symbol, p.score, p.rank, p.reasons, p.step] for p in review.places],
        [[left.path, left.reason] for left in review.skipped],
        [[left.path, left.reason] for left in review.failed],
        [review.totals.files, review.totals.lines, review.totals.findings, review.totals.shown,
         review.totals.dismissed, review.totals.fixed_since_last, review.totals.silent],
        review.notices,
        review.scope,
        review.worst.value if review.worst else None,
        review.counts,
    ]  # fmt: skip
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def unpack(data: bytes, seconds: float) -> Review:
    """The review that ``pack`` wrote, answered again: every file of it was cached."""
    nova, status, target, findings, places, skipped, failed, totals, notices, scope, worst, counts = json.loads(data)
    files, lines, found, shown, dismissed, fixed, silent = totals
    return Review(
        nova,
        Status(status),
        Reviewed(*target),
        tuple(_unpack(f) for f in findings),
        tuple(Place(a, b, c, d, e, f, tuple(g), h) for a, b, c, d, e, f, g, h in places),
        tuple(Left(*left) for left in skipped),
        tuple(Left(*left) for left in failed),
        Totals(files, lines, found, shown, dismissed, fixed, round(seconds, 3), files, silent),
        tuple(notices),
        scope,
        Severity(worst) if worst else None,
        counts,
    )


def _pack(f: Ranked) -> list[Any]:
    related = [[r.path, r.line, r.end_line, r.message] for r in f.related]
    fix = [f.fix.title, f.fix.safety.value, f.fix.patch] if f.fix else None
    return [
        f.id, f.rule, f.source, f.severity.value, f.confidence, f.path, _span(f.span), f.symbol, f.message,
        f.reasons, related, f.score, f.rank, f.state.value, f.introduced_by_diff, f.fixable, fix, f.fingerprint,
        f.silent,
    ]  # fmt: skip


def _span(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def _unpack(data: list[Any]) -> Ranked:
    (name, rule, source, severity, confidence, path, span, symbol, message, reasons, related, score, rank, state,
     introduced, fixable, fix, mark, silent) = data  # fmt: skip
    return Ranked(
        name, rule, source, Severity(severity), confidence, path, Span(*span), symbol, message, tuple(reasons),
        tuple(Related(*r) for r in related), score, rank, State(state), introduced, fixable,
        Fix(fix[0], Safety(fix[1]), fix[2]) if fix else None, mark, silent,
    )  # fmt: skip


def verdict_lines(subject: Subject) -> str:
    """The verdicts that the repository itself carries, where its target says so; for a change they are the base's."""
    if not subject.target.verdicts_in_repository:
        return ""
    if subject.base is None or not subject.request_is_change:
        place = Path(subject.root, VERDICTS)
        try:
            return place.read_text("utf-8") if place.is_file() else ""
        except (OSError, UnicodeDecodeError):
            return ""
    name = subject.base.contents.get(VERDICTS)
    if name is None or subject.git is None:
        return ""
    data = next(subject.git.blobs([name]))[1]
    return (data or b"").decode("utf-8", "replace")
