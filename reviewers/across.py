"""Runs the project rules over the interfaces of all files, and makes findings of what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from reviewers.finding import Finding, fingerprint, number_twins
from reviewers.interface import unpack
from reviewers.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewers.interface import Interface
    from reviewers.report import FileReport
    from reviewers.rule import ProjectHit, ProjectRule


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier look has left: the packed interfaces of files that have changed since, None for a new file.

    ``told`` are the paths in which rules that look file by file found something: they are looked at again in any case.
    """

    before: Mapping[str, Sequence[str] | None]
    gone: tuple[Sequence[str], ...]
    told: frozenset[str]
    complete: bool
    """Whether that look saw the whole project."""


@dataclass(frozen=True, slots=True)
class Across:
    """What the project rules say, and which of them crashed: rule name to reason."""

    findings: list[Finding]
    crashed: dict[str, str]
    told: frozenset[str] = frozenset()
    complete: bool = False
    """These two as ``Known`` has them, for the next time."""
    known: Known | None = None
    """What it was built upon."""


def project_findings(
    rules: Iterable[ProjectRule], reports: Mapping[str, FileReport], *, complete: bool, known: Known | None = None
) -> Across:
    """Findings by all project rules.

    A file that could not be read makes the project incomplete: nothing is said of what may be in it. Where an earlier
    look is ``known``, rules that look file by file look only at files in which something may be different now.
    """
    interfaces = [unpack(i) for path in sorted(reports) if (i := reports[path].interface) is not None]
    whole = complete and len(interfaces) == len(reports)
    project = Project(interfaces, complete=whole)
    part = _part(project, known) if known is not None and known.complete == whole else project.interfaces
    looking = cast("Project", _Part(project, part))
    by_path: dict[str, list[Finding]] = {}
    crashed: dict[str, str] = {}
    told: set[str] = set()
    for rule in rules:
        try:
            for hit in rule.check_project(looking if rule.by_file else project):
                if not hit.quiet:
                    by_path.setdefault(hit.path, []).append(_finding(rule, hit))
                if rule.by_file:
                    told.add(hit.path)
        except Exception as error:  # noqa: BLE001  one rule that fails must not take the others with it
            crashed[rule.name] = f"{rule.name} failed: {type(error).__name__}: {error}"
    found = [f for path in sorted(by_path) for f in number_twins(by_path[path])]
    return Across(found, crashed, frozenset(told), whole, known)


def _part(project: Project, known: Known) -> Sequence[Interface]:
    """The files that rules must look at which look file by file; all of them where that cannot be told."""
    from reviewers.touched import affected

    before = {path: unpack(old) if old is not None else None for path, old in known.before.items()}
    if not before.keys() <= {i.path for i in project.interfaces}:
        return project.interfaces
    felt = affected(project, before, [unpack(old) for old in known.gone])
    if felt is None:
        return project.interfaces
    return [i for i in project.interfaces if i.path in felt or i.path in known.told]


class _Part:
    """A project of which only some files are to be looked at, and all are known."""

    def __init__(self, project: Project, interfaces: Sequence[Interface]) -> None:
        self.interfaces = interfaces
        self._project = project

    def __getattr__(self, name: str) -> Any:
        return getattr(self._project, name)


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
