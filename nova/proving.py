"""Proofs for one subject: gathers what the rungs need, keeps their tools alive, and keeps what they found."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nova.config import python_folders
from nova.ground import laid_out, reader_of
from nova.ports import silent
from nova.proof.allowed import NOTHING, Allowed
from nova.proof.case import Case, Patch, TargetFacts
from nova.proof.compilers import Compilers
from nova.proof.ladder import prove
from nova.proof.pythons import admitted, required
from nova.proof.reviewer import Ground, Reviewer
from nova.proof.source_readers import readings
from nova.proof.testing import Untestable
from nova.proof.tools import Tools
from nova.proof.trust import is_trusted
from nova.proof.type_checker import TypeChecker
from nova.rules import equivalents, project_rules
from reviewers.paths import is_test_path
from reviewers.text import Undecodable, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nova.ports import Progress, Remembered
    from nova.proof.allowed import Keeps
    from nova.proof.case import Mend
    from nova.proof.testbed import TestBed
    from nova.proof.verdict import Proof
    from nova.subject import Subject
    from reviewers.engine import Job
    from reviewers.report import FileReport

_READERS = re.compile(rb"getsource|getcomments|findsource|get_source|linecache|doctest|co_firstlineno")
_OWN = "pyproject.toml"


class Prover:
    """Judges patches of one subject."""

    def __init__(self, subject: Subject, tools: Tools, *, whole: bool = False) -> None:
        self._subject = subject
        self._tools = tools
        self._whole = whole
        self._read = reader_of(subject)

    def prove(
        self,
        patch: Patch,
        mends: Sequence[Mend] = (),
        *,
        least: str = "unproven",
        thorough: bool = False,
        progress: Progress = silent,
    ) -> Proof:
        """Climb the ladder with one patch; ``ladder.prove`` tells what ``least`` and ``thorough`` mean."""
        conditions = () if least == "proven" else conditions_of(patch, mends)
        case = Case(patch, self._facts(patch), tuple(mends), conditions)

        def at(name: str) -> None:
            progress(f"proving: {name}")

        return prove(case, self._tools, least=least, thorough=thorough, whole=self._whole, at=at)

    def _facts(self, patch: Patch) -> TargetFacts:
        target = self._subject.target
        requires = self._requires(patch)
        return TargetFacts(
            self._subject.root,
            requires,
            admitted(requires),
            trusted=is_trusted(self._subject),
            test_command=target.test_command,
            protected=target.protected,
            reads_source=self._source_readers,
        )

    def _requires(self, patch: Patch) -> str:
        """What the project nearest to the first file declares of Python."""
        folder = Path(patch.files[0].path).parent if patch.files else Path()
        for place in (folder, *folder.parents):
            texts = [self._text(place / name) for name in (_OWN, "setup.cfg", "setup.py")]
            found = required(texts[0], texts[1:])
            if found:
                return found
        return ""

    def _text(self, path: Path) -> str:
        place = Path(self._subject.root, path)
        return place.read_text("utf-8", "replace") if place.is_file() else ""

    @cached_property
    def _source_readers(self) -> tuple[str, ...]:
        """Where the target's own code, its tests aside, reads source text."""
        found = []
        for file in self._subject.tree.snapshot.files:
            if not is_test_path(file.path):
                data = self._read(file.path) or b""
                if _READERS.search(data):
                    found += [f"{file.path}:{line} {name}" for line, name in readings(data)]
        return tuple(found)


def conditions_of(patch: Patch, mends: Sequence[Mend]) -> tuple[str, ...]:
    """What the rules of all mends declare of their fixes and what holds here; empty where any of them has nothing."""
    from nova.proof.conditions import checked

    found: dict[str, None] = {}
    files = {change.path: change for change in patch.files}
    if {mend.path for mend in mends} != set(files):
        return ()
    for mend in mends:
        change = files[mend.path]
        if change.before is None or change.after is None:
            return ()
        try:
            held = checked(mend, decoded(change.before), decoded(change.after))
        except Undecodable:
            return ()
        if not held:
            return ()
        found |= dict.fromkeys(held)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Means:
    """What tests are run by: what the person allows, where recordings are kept, and who is told what is being done."""

    allowed: Allowed = NOTHING
    keeps: Keeps | None = None
    progress: Progress = silent


@contextmanager
def prover(
    subject: Subject, job: Job, reports: Mapping[str, FileReport], means: Means | None = None
) -> Iterator[Prover]:
    """A prover whose child processes and folders last as long as the block. ``reports`` are those of all files.

    Sandbox, environment and tests are looked for when a proof first gets as far as that.
    """
    how = means or Means()
    settings = {path: data for path in subject.tree.configs if (data := reader_of(subject)(path)) is not None}
    ground = Ground(
        job.rules, job.codes, settings, _modules(subject), equivalents(), tuple(project_rules(job)), reports,
        subject.tree.snapshot.complete,
    )  # fmt: skip
    with ExitStack() as stack:
        compilers = stack.enter_context(Compilers(python_folders()))
        reviewer = stack.enter_context(Reviewer(ground))
        types = stack.enter_context(TypeChecker(subject.root, subject.tree.python, trusted=is_trusted(subject)))

        def find() -> TestBed | Untestable:
            from nova.proof.tests_of import tests_of

            found = tests_of(subject, how.allowed, how.keeps, how.progress)
            if not isinstance(found, Untestable):
                stack.callback(found.close)
            return found

        tools = Tools(compilers, reviewer, types if types.is_there else None, find=find)
        yield Prover(subject, tools, whole=how.allowed.whole)


def _modules(subject: Subject) -> Mapping[str, str]:
    from reviewers.project import module_names

    return module_names(subject.tree.python)


def reports_of(subject: Subject, job: Job, memory: Remembered | None, progress: Progress) -> dict[str, FileReport]:
    """The reports of all files of a subject: those that memory keeps, and the others made now."""
    from nova.globs import matcher
    from reviewers.engine import analyse, cache_keys

    excluded = matcher(subject.target.exclude)
    files = [f for f in subject.tree.snapshot.files if not excluded(f.path)]
    modules = _modules(subject)
    keys = cache_keys(files, modules, job)
    blobs = memory.cached(subject.key, list(keys.values())) if memory is not None else {}
    cached = {path: blobs[key] for path, key in keys.items() if key in blobs}
    with laid_out(subject, subject.tree, [f.path for f in files if f.path not in cached]) as (folder, lost):
        readable = [f for f in files if f.path not in lost]
        told = analyse(folder, readable, modules, job, cached, lambda n: progress("reading files", n, len(files)))
    return dict(told.reports)
