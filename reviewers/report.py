"""What one file's analysis found, as plain data that a pipe and a cache can hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from reviewers.finding import Edit, Finding, Related, Severity, Span


@dataclass(frozen=True, slots=True)
class Ignore:
    """A ``# nova: ignore[rule, ...] reason`` comment: ``lines`` it silences, and where it stands.

    No rule named means every rule.
    """

    line: int
    first: int
    last: int
    rules: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. ``skipped`` and ``failed`` hold the reason why it was not (wholly) read, else they are empty."""

    path: str
    lines: int = 0
    skipped: str = ""
    failed: str = ""
    findings: tuple[Finding, ...] = ()
    functions: tuple[tuple[Any, ...], ...] = ()
    """The fields of ``FunctionMeasures`` in order, the block spread out."""
    interface: list[Any] | None = None
    """As ``interface.pack`` gives it; None where there is no tree."""
    ignores: tuple[Ignore, ...] = ()
    noqa: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Lines with a ``noqa``, and the codes that it names (none: all)."""


def to_bytes(report: FileReport) -> bytes:
    """The report as JSON, small; equal reports give equal bytes."""
    data = [
        report.lines,
        report.skipped,
        report.failed,
        [_pack(f) for f in report.findings],
        report.functions,
        report.interface,
        [[i.line, i.first, i.last, i.rules, i.reason] for i in report.ignores],
        report.noqa,
    ]
    return json.dumps(data, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def from_bytes(path: str, data: bytes) -> FileReport:
    """The report that ``to_bytes`` wrote, for the path that it was kept under.

    Raises ``ValueError`` for anything else.
    """
    try:
        lines, skipped, failed, findings, functions, interface, ignores, noqa = json.loads(data)
        return FileReport(
            path,
            lines,
            skipped,
            failed,
            tuple(_unpack(path, f) for f in findings),
            tuple(map(tuple, functions)),
            interface,
            tuple(Ignore(a, b, c, tuple(r), why) for a, b, c, r, why in ignores),
            tuple((line, tuple(codes)) for line, codes in noqa),
        )
    except (TypeError, KeyError) as error:
        raise ValueError("not a file report") from error


def _pack(f: Finding) -> list[Any]:
    packed: list[Any] = [
        f.rule, f.source, f.severity.value, f.confidence, f.span.line, f.span.column, f.span.end_line,
        f.span.end_column, f.symbol, f.message, f.fingerprint, int(f.fixable),
    ]  # fmt: skip
    if f.related or f.fix_title or f.edits:
        packed += [
            f.fix_title,
            [[r.path, r.line, r.end_line, r.message] for r in f.related],
            [[e.span.line, e.span.column, e.span.end_line, e.span.end_column, e.text] for e in f.edits],
        ]
    return packed


def _unpack(path: str, data: list[Any]) -> Finding:
    rule, source, severity, confidence, line, column, end_line, end_column, symbol, message, mark, fixable = data[:12]
    title, related, edits = data[12:] if len(data) > 12 else ("", (), ())
    return Finding(
        rule,
        source,
        Severity(severity),
        confidence,
        path,
        Span(line, column, end_line, end_column),
        symbol,
        message,
        mark,
        tuple(Related(*r) for r in related),
        bool(fixable),
        title,
        tuple(Edit(Span(a, b, c, d), text) for a, b, c, d, text in edits),
    )
