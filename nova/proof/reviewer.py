"""Nova's own review of the files of a patch, before and after: in a folder of its own, under the target's settings."""

from __future__ import annotations

import shutil
import tempfile
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nova.proof.tools import Reviewed
from reviewers.across import Known, project_findings
from reviewers.digests import digest
from reviewers.engine import Job, analyse
from reviewers.pool import Standing
from reviewers.report import from_bytes
from reviewers.silence import UNUSED, hear
from reviewers.snapshot import SourceFile
from reviewers.worker import main as serve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.proof.case import Patch
    from reviewers.across import Across
    from reviewers.finding import Finding
    from reviewers.report import FileReport
    from reviewers.rule import ProjectRule

KEPT = 16


@dataclass(frozen=True, slots=True)
class Ground:
    """What the review of a target rests on.

    ``settings`` are the tools' files by path; ``modules`` the dotted name of each path; ``reports`` what is known of
    all files as they are before, for the rules that look across files (none: these rules are not asked).
    """

    rules: tuple[str, ...]
    codes: tuple[str, ...]
    settings: Mapping[str, bytes]
    modules: Mapping[str, str]
    equivalents: Mapping[str, Sequence[str]] = field(default_factory=dict)
    project_rules: tuple[ProjectRule, ...] = ()
    reports: Mapping[str, FileReport] = field(default_factory=dict)
    complete: bool = False


class Reviewer:
    """Reviews patches of one target; what stands before is read once."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._job = Job(ground.rules, ground.codes, jobs=1)
        self._folder = Path()
        self._known: OrderedDict[str, FileReport] = OrderedDict()
        self._across: Across | None = None
        self._worker: Standing | None = None

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="nova-proof-")).resolve()
        for path, data in self._ground.settings.items():
            self._write(path, data)
        task = self._task()
        self._worker = Standing(task, serve) if task["ruff"] or not self._job.codes else None
        return self

    def __exit__(self, *_: object) -> None:
        if self._worker is not None:
            self._worker.end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        """What is found in the Python files of a patch before, and after."""
        sides: list[dict[str, FileReport]] = [{}, {}]
        for change in patch.files:
            for side, data in zip(sides, (change.before, change.after), strict=True):
                if data is not None and change.is_python:
                    side[change.path] = self._report(change.path, data)
        before, after = (self._heard(side) for side in sides)
        return self._with_project(before, after, *sides)

    def refuses(self, path: str, data: bytes, versions: Sequence[str]) -> dict[str, str]:
        """Versions whose syntax a file breaks, as ruff has it, with the reason."""
        from reviewers.tools import ruff

        if not versions:
            return {}
        self._write(path, data)
        try:
            program = ruff.find()
            # What the oldest takes, the newer ones take too: what was taken away since 3.8 no file has.
            told = ruff.check(program, str(self._folder), [path], ["F821"], isolated=True, target=_name(versions[0]))
            broken = [d.message for d in told.diagnostics.get(path, ()) if d.code == ruff.SYNTAX]
            return {versions[0]: broken[0]} if broken else {}
        except ruff.RuffMissing:
            return {}
        finally:
            self._take_away(path)

    def _report(self, path: str, data: bytes) -> FileReport:
        key = digest(path, data.decode("latin-1"))
        known = self._known.pop(key, None)
        if known is None:
            self._write(path, data)
            known = self._read(path, key)
            self._take_away(path)
        self._known[key] = known
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return known

    def _read(self, path: str, key: str) -> FileReport:
        """The report of a file that lies in the folder.

        One worker stands by, where ruff is there for it; what it cannot read goes the way of every review, which
        knows of newer Pythons.
        """
        module = self._ground.modules.get(path, "")
        answer = self._worker.read(path, module) if self._worker is not None else None
        if answer is not None and answer.report and not answer.lost:
            return from_bytes(path, answer.report)
        outcome = analyse(str(self._folder), [SourceFile(path, key)], {path: module}, self._job, {})
        failed = "; ".join(outcome.tools_failed.values())
        return replace(outcome.reports[path], failed=failed) if failed else outcome.reports[path]

    def _task(self) -> Mapping[str, object]:
        from reviewers.tools import ruff

        try:
            program = ruff.find() if self._job.codes else ""
        except ruff.RuffMissing:
            program = ""
        job = self._job
        return {"folder": str(self._folder), "rules": job.rules, "codes": job.codes, "ruff": program, "last": False}

    def _heard(self, reports: Mapping[str, FileReport]) -> Reviewed:
        found = [f for path in sorted(reports) for f in reports[path].findings]
        ran = frozenset((*self._job.rules, *self._job.codes))
        heard = hear(found, reports, self._ground.equivalents, ran)
        failed = tuple(f"{r.path}: {r.failed or r.skipped}" for r in reports.values() if r.failed or r.skipped)
        return Reviewed(heard.findings, failed)

    def _with_project(
        self, before: Reviewed, after: Reviewed, old: Mapping[str, FileReport], new: Mapping[str, FileReport]
    ) -> tuple[Reviewed, Reviewed]:
        """With what the rules say that look across files; the same where no file shows others anything new."""
        ground = self._ground
        if not ground.project_rules or not ground.reports:
            return before, after
        if self._across is None:
            self._across = self._project(ground.reports, None)
        was = self._across
        across = was
        if old.keys() != new.keys() or any(old[p].interface != new[p].interface for p in old):
            whole = {path: report for path, report in ground.reports.items() if path not in old} | dict(new)
            interfaces = {path: old[path].interface if path in old else None for path in new}
            gone = tuple(i for path, report in old.items() if path not in new and (i := report.interface) is not None)
            across = self._project(whole, Known(interfaces, gone, was.told, was.complete))
        return (
            replace(before, findings=(*before.findings, *self._audible(was.findings, ground.reports))),
            replace(after, findings=(*after.findings, *self._audible(across.findings, {**ground.reports, **new}))),
        )

    def _project(self, reports: Mapping[str, FileReport], known: Known | None) -> Across:
        rules, complete = self._ground.project_rules, self._ground.complete
        return project_findings(rules, reports, complete=complete, known=known)

    def _audible(self, findings: Sequence[Finding], reports: Mapping[str, FileReport]) -> list[Finding]:
        heard = hear(findings, reports, self._ground.equivalents, frozenset())
        return [f for f in heard.findings if f.rule != UNUSED]

    def _write(self, path: str, data: bytes) -> None:
        place = self._folder / path
        if self._folder not in place.resolve().parents:
            raise ValueError(f"{path} leads out of its folder")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def _take_away(self, path: str) -> None:
        settings = self._ground.settings.get(path)
        if settings is None:
            (self._folder / path).unlink(missing_ok=True)
        else:
            self._write(path, settings)


def _name(version: str) -> str:
    """A version as ruff has it: ``py311``."""
    return "py" + version.replace(".", "")
