"""JSON, schema version 1: ``docs/review.schema.json`` describes what is written here, key by key.

The same review gives the same bytes: the order of keys is that of the schema, numbers are rounded, and nothing
comes from a clock or a set. ``notices`` are sentences about the run for a person; no key may be read out of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nova.report.characters import encodable

if TYPE_CHECKING:
    from nova.answer import Fix, Left, Place, Ranked, Review
    from nova.report.detail import Detail

SCHEMA = 1
DIGITS = 4


def render(review: Review) -> str:
    """The review as JSON."""
    target, totals = review.target, review.totals
    return dumped(
        {
            "schema": SCHEMA,
            "nova": review.nova,
            "status": review.status.value,
            "target": {"name": target.name, "root": target.root, "commit": target.commit, "dirty": target.dirty},
            "findings": [finding(f) for f in review.findings],
            "places": [place(p) for p in review.places],
            "skipped": [_left(s) for s in review.skipped],
            "failed": [_left(f) for f in review.failed],
            "totals": {
                "files": totals.files,
                "lines": totals.lines,
                "findings": totals.findings,
                "shown": totals.shown,
                "dismissed": totals.dismissed,
                "fixed_since_last": totals.fixed_since_last,
                "seconds": _rounded(totals.seconds),
                "cached_files": totals.cached_files,
            },
            "notices": list(review.notices),
        }
    )


def render_detail(detail: Detail) -> str:
    """One finding as JSON: ``finding`` is as in a review, with its fix where one was made."""
    said, rule = detail.said, detail.rule
    one = finding(detail.finding)
    if detail.fix is not None:
        one["fix"] = _fix(detail.fix)
    return dumped(
        {
            "schema": SCHEMA,
            "finding": one,
            "excerpt": [{"line": line.number, "text": line.text} for line in detail.excerpt],
            "history": [{"what": e.what, "commit": e.commit, "when": e.when} for e in detail.life],
            "rule": rule and {"name": rule.name, "text": rule.text, "precision": rule.precision},
            "verdict": said and {"verdict": said.verdict, "because": said.because, "by": said.by, "when": said.when},
        }
    )


def finding(one: Ranked) -> dict[str, Any]:
    """One finding, keyed as in the schema."""
    return {
        "id": one.id,
        "rule": one.rule,
        "source": one.source,
        "severity": one.severity.value,
        "confidence": _rounded(one.confidence),
        "path": one.path,
        "line": one.span.line,
        "column": one.span.column,
        "end_line": one.span.end_line,
        "end_column": one.span.end_column,
        "symbol": one.symbol,
        "message": one.message,
        "reasons": list(one.reasons),
        "related": [
            {"path": r.path, "line": r.line, "end_line": r.end_line, "message": r.message} for r in one.related
        ],
        "score": _rounded(one.score),
        "rank": one.rank,
        "state": one.state.value,
        "introduced_by_diff": one.introduced_by_diff,
        "fix": _fix(one.fix),
    }


def place(one: Place) -> dict[str, Any]:
    """One place, keyed as in the schema."""
    return {
        "path": one.path,
        "line": one.line,
        "end_line": one.end_line,
        "symbol": one.symbol,
        "score": _rounded(one.score),
        "rank": one.rank,
        "reasons": list(one.reasons),
        "step": one.step,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    """The fix; none where its patch cannot be written as text, for an escaped patch would apply and be wrong."""
    if fix is None or fix.patch != encodable(fix.patch):
        return None
    return {"title": fix.title, "safety": fix.safety.value, "patch": fix.patch}


def _left(left: Left) -> dict[str, Any]:
    return {"path": left.path, "reason": left.reason}


def _rounded(number: float) -> float:
    return round(float(number), DIGITS)


def dumped(value: object) -> str:
    r"""Indented JSON that a terminal shows as it is: what cannot be seen is written as an escape of JSON's own.

    Bytes of a path that are no text are written as ``\x..``: JSON has no way to say them.
    """
    text = json.dumps(_written(value), ensure_ascii=False, indent=2, allow_nan=False)
    return "".join(f"{_seen(line)}\n" for line in text.split("\n"))


def _seen(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def _written(value: object) -> object:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items()}
    return [_written(inner) for inner in value] if isinstance(value, list) else value
