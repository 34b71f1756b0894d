"""Runs the project rules over the interfaces of all files, and makes findings of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewers.finding import Finding, fingerprint, number_twins
from reviewers.interface import unpack
from reviewers.project import Project
from reviewers.rule import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reviewers.report import FileReport
    from reviewers.rule import ProjectHit


def project_findings(
    rules: Iterable[ProjectRule], reports: Mapping[str, FileReport], *, complete: bool
) -> tuple[list[Finding], dict[str, str]]:
    """Findings by all project rules, and what crashed: rule name to reason.

    A file that could not be read makes the project incomplete: nothing is said of what may be in it.
    """
    interfaces = [unpack(r.interface) for r in reports.values() if r.interface is not None]
    whole = complete and len(interfaces) == len(reports)
    project = Project(interfaces, complete=whole)
    by_path: dict[str, list[Finding]] = {}
    crashed: dict[str, str] = {}
    for rule in rules:
        try:
            for hit in rule.check_project(project):
                by_path.setdefault(hit.path, []).append(_finding(rule, hit))
        except Exception as error:  # one rule that fails must not take the others with it
            crashed[rule.name] = f"{rule.name} failed: {type(error).__name__}: {error}"
    return [f for path in sorted(by_path) for f in number_twins(by_path[path])], crashed


def _finding(rule: ProjectRule, hit: ProjectHit) -> Finding:
    return Finding(
        rule.name,
        "nova",
        rule.severity,
        rule.confidence if hit.confidence is None else hit.confidence,
        hit.path,
        hit.span,
        hit.symbol,
        hit.message,
        fingerprint(rule.name, hit.symbol, hit.syntax),
        hit.related,
        hit.fixable,
        rule.fix_title if hit.fixable else "",
        hit.edits,
    )
