"""Which findings the code itself silences, and which of its ignore comments silence nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewers.finding import Finding, Severity, Span, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewers.report import FileReport, Ignore

UNUSED = "no-unused-ignore"
UNUSED_WORTH = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """Findings that stand, how many were silenced, and how many ignore comments did the silencing."""

    findings: tuple[Finding, ...]
    silenced: int


def hear(
    findings: Sequence[Finding],
    reports: Mapping[str, FileReport],
    equivalents: Mapping[str, Sequence[str]],
    ran: frozenset[str],
) -> Heard:
    """Drop what ``# nova: ignore`` and, for Nova's own rules, ``# noqa`` silence; report ignores that do nothing.

    An ignore for a rule that did not run is neither used nor unused. ``equivalents`` gives the codes by which
    other linters know a rule.
    """
    used: set[tuple[str, int]] = set()
    kept: list[Finding] = []
    silenced = 0
    for finding in findings:
        report = reports.get(finding.path)
        if report is None or not (report.ignores or report.noqa):
            kept.append(finding)
            continue
        lines = {finding.span.line, finding.span.end_line}
        ignore = next(
            (i for i in report.ignores if i.first in lines and (not i.rules or finding.rule in i.rules)), None
        )
        if ignore is not None:
            used.add((finding.path, ignore.line))
            silenced += 1
        elif finding.source != "ruff" and _excused(finding, report, lines, equivalents.get(finding.rule, ())):
            silenced += 1
        else:
            kept.append(finding)
    kept.extend(_unused(reports, used, ran))
    return Heard(tuple(kept), silenced)


def _excused(finding: Finding, report: FileReport, lines: set[int], codes: Sequence[str]) -> bool:
    for line, named in report.noqa:
        if line in lines and (not named or any(c in codes or c == finding.rule for c in named)):
            return True
    return False


def _unused(reports: Mapping[str, FileReport], used: set[tuple[str, int]], ran: frozenset[str]) -> Iterable[Finding]:
    for path in sorted(reports):
        for ignore in reports[path].ignores:
            if (path, ignore.line) not in used and all(rule in ran for rule in ignore.rules):
                yield _finding(path, ignore)


def _finding(path: str, ignore: Ignore) -> Finding:
    what = f"ignore[{', '.join(ignore.rules)}]" if ignore.rules else "ignore"
    return Finding(
        UNUSED, "nova", Severity.INFO, 1.0, path, Span(ignore.line, 1, ignore.line, 1), None,
        f"this nova: {what} silences nothing", fingerprint(UNUSED, None, what),
    )  # fmt: skip


def added(now: Mapping[str, FileReport], before: Mapping[str, FileReport]) -> int:
    """How many ignore comments a change adds: those in the new reports beyond what the old ones held."""

    def count(report: FileReport | None) -> int:
        return len(report.ignores) if report else 0

    return sum(max(0, count(report) - count(before.get(path))) for path, report in now.items())
