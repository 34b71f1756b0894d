"""From a snapshot to file reports and findings: what is cached is taken, the rest is dealt to the workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reviewers.digests import digest
from reviewers.report import FileReport, from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewers.pool import Answer
    from reviewers.snapshot import SourceFile

_NEWEST_MINOR = 16


@dataclass(frozen=True, slots=True)
class Job:
    """What to run over files: names of rules, codes of ruff, and a digest of what else decides the outcome."""

    rules: tuple[str, ...]
    codes: tuple[str, ...]
    settings: str = ""
    jobs: int = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reports by path, those made now as bytes by path, and sentences about the run."""

    reports: Mapping[str, FileReport]
    fresh: Mapping[str, bytes]
    notices: tuple[str, ...] = ()
    tools_failed: Mapping[str, str] = field(default_factory=dict)


def cache_keys(files: Sequence[SourceFile], modules: Mapping[str, str], job: Job) -> dict[str, str]:
    """The cache key of each file: content, path, module and everything about the job that matters."""
    base = digest(".".join(map(str, sys.version_info[:3])), ",".join(job.rules), ",".join(job.codes), job.settings)
    return {f.path: digest(base, f.key, f.path, modules.get(f.path, "")) for f in files}


def analyse(
    folder: str,
    files: Sequence[SourceFile],
    modules: Mapping[str, str],
    job: Job,
    cached: Mapping[str, bytes],
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Reports for all files; ``cached`` holds bytes by path and is trusted.

    ``progress`` is told how many files are done. A missing ruff is a failed tool, not an error.
    """
    reports: dict[str, FileReport] = {}
    todo: list[SourceFile] = []
    for file in files:
        blob = cached.get(file.path)
        if blob is not None:
            try:
                reports[file.path] = from_bytes(file.path, blob)
                continue
            except ValueError:
                pass  # a cache entry that cannot be read is no entry
        todo.append(file)
    progress(len(reports))
    if not todo:
        return Outcome(reports, {})
    return _fresh(folder, todo, modules, job, reports, progress)


def _fresh(
    folder: str,
    todo: Sequence[SourceFile],
    modules: Mapping[str, str],
    job: Job,
    reports: dict[str, FileReport],
    progress: Callable[[int], None],
) -> Outcome:
    from reviewers.tools import ruff as ruff_tool

    tools_failed: dict[str, str] = {}
    ruff = ""
    try:
        ruff = ruff_tool.find()
    except ruff_tool.RuffMissing as error:
        if job.codes:
            tools_failed["ruff"] = str(error)
    task = {"folder": folder, "rules": job.rules, "codes": job.codes, "ruff": ruff if job.codes else "", "last": False}
    listed = [(f.path, modules.get(f.path, "")) for f in todo]
    fresh: dict[str, bytes] = {}
    notices: set[str] = set()
    newer: dict[str, str] = {}
    for answer in _answers(task, listed, job.jobs, _sizes(folder, todo)):
        if answer.notice:
            notices.add(answer.notice)
            continue
        if answer.newer:
            newer[answer.path] = answer.newer
        else:
            _take(answer, reports, fresh)
        progress(len(reports))
    if newer:
        modules_of = dict(listed)
        _ask_newer(folder, {p: modules_of[p] for p in sorted(newer)}, task, reports, fresh, ruff)
        progress(len(reports))
    return Outcome(reports, fresh, tuple(sorted(notices)), tools_failed)


def _answers(
    task: Mapping[str, object], files: Sequence[tuple[str, str]], jobs: int, sizes: Mapping[str, int], python: str = ""
) -> Iterator[Answer]:
    from reviewers.pool import work
    from reviewers.worker import main

    return work(task, files, jobs=jobs, sizes=sizes, python=python or sys.executable, serve=main)


def _take(answer: Answer, reports: dict[str, FileReport], fresh: dict[str, bytes]) -> None:
    """File an answer: only a whole report is worth keeping for the next time."""
    path = answer.path
    if not answer.report:
        reports[path] = FileReport(path, skipped=answer.skipped, failed=answer.failed)
        if answer.skipped:
            fresh[path] = to_bytes(reports[path])
        return
    report = from_bytes(path, answer.report)
    if answer.lost and not report.skipped:
        failed = "; ".join(part for part in (report.failed, answer.lost) if part)
        report = FileReport(
            path, report.lines, report.skipped, failed, report.findings, report.functions, report.interface,
            report.ignores, report.noqa,
        )  # fmt: skip
    elif not report.failed:
        fresh[path] = answer.report
    reports[path] = report


def _ask_newer(
    folder: str,
    files: Mapping[str, str],
    task: Mapping[str, object],
    reports: dict[str, FileReport],
    fresh: dict[str, bytes],
    ruff: str,
) -> None:
    """Files that this Python cannot parse: a newer interpreter is asked, then ruff; only then are they at fault."""
    left = dict(files)
    for python in newer_pythons():
        if not left:
            return
        for answer in _answers(task, list(left.items()), 1, {}, python):
            if answer.report:
                _take(answer, reports, fresh)
                left.pop(answer.path, None)
    if not left:
        return
    if not ruff:
        here = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
        for path in left:
            reports[path] = FileReport(
                path, failed=f"{here} cannot parse it, and neither a newer one nor ruff is here to judge"
            )
        return
    needed = _read_by_ruff_alone(folder, list(left), task, reports, ruff)
    judged = [(path, module) for path, module in left.items() if path not in needed]
    for answer in _answers({**task, "last": True}, judged, 1, {}):
        if not answer.notice:
            _take(answer, reports, fresh)


def _read_by_ruff_alone(
    folder: str, paths: Sequence[str], task: Mapping[str, object], reports: dict[str, FileReport], ruff: str
) -> frozenset[str]:
    """Report what ruff and the text alone say of files that a later Python would parse; returns which they are."""
    from reviewers.analysis import text_only
    from reviewers.tools import ruff as ruff_tool

    codes = task["codes"]
    assert isinstance(codes, tuple)
    needed = ruff_tool.needed_versions(ruff, folder, paths)
    ruffed = ruff_tool.check(ruff, folder, list(needed) if task["ruff"] else [], codes, target=ruff_tool.NEWEST)
    for path, version in needed.items():
        reason = f"needs Python {version}: {'only ruff read it' if task['ruff'] else 'only its text was measured'}"
        reports[path] = text_only(path, Path(folder, path).read_bytes(), ruffed.diagnostics.get(path, []), reason)
    return frozenset(needed)


def newer_pythons() -> list[str]:
    """Interpreters on the PATH that are newer than the running one, newest first, each tried once."""
    found = []
    for minor in range(_NEWEST_MINOR, sys.version_info[1], -1):
        path = shutil.which(f"python3.{minor}")
        if path and _runs(path, minor):
            found.append(path)
    return found


def _runs(python: str, minor: int) -> bool:
    try:
        answer = subprocess.run(
            [python, "-I", "-S", "-c", "import sys; print(sys.version_info[1])"],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.strip() == str(minor).encode()


def _sizes(folder: str, files: Sequence[SourceFile]) -> dict[str, int]:
    sizes = {}
    for file in files:
        try:
            sizes[file.path] = os.stat(os.path.join(folder, file.path), follow_symlinks=False).st_size
        except OSError:
            continue
    return sizes
