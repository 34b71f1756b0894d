"""Files as they were at some commits, read by the reviewers of today: one settings file, one set of rules for all."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app, snapshots
from nova.errors import GitError
from nova.ledger.effect import Function, Version
from nova.review import job_of
from nova.rules import equivalents
from reviewers.text import Undecodable, decoded, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nova.git import Git, Head
    from nova.ports import Progress
    from nova.request import Request
    from nova.snapshots import Tree
    from nova.subject import Subject
    from reviewers.report import FileReport

    Place = tuple[str, str]
    """A commit, and a path in it."""
    Content = tuple[str, str, str]
    """A path, the object that holds its bytes, and the dotted name of its module."""

_CYCLOMATIC, _COGNITIVE = 3, 4
"""Where a function's measures, as a file's report packs them, hold these numbers."""


@dataclass
class Versions:
    """Reads versions of files of one clone; ``today`` is the commit whose settings hold for all."""

    found: Subject
    git: Git
    today: Head
    request: Request
    progress: Progress
    _trees: dict[str, Tree] = field(default_factory=dict)
    _modules: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def paths(self, commit: str) -> Mapping[str, str]:
        """Every path of a commit, with the object that holds its bytes. Raises ``GitError``."""
        return self._tree(commit).contents

    def read(self, places: Iterable[Place]) -> dict[Place, Version | None]:
        """The version of each place; None where the file is not there. Raises ``GitError`` for no commit."""
        contents: dict[Place, Content | None] = {}
        for commit, path in dict.fromkeys(places):
            name = self._tree(commit).contents.get(path)
            contents[commit, path] = (path, name, self._module(commit, path)) if name is not None else None
        wanted = list(dict.fromkeys(content for content in contents.values() if content is not None))
        made: dict[Content, Version] = {}
        rounds = list(_rounds(wanted))
        for done, some in enumerate(rounds):
            self.progress("measuring what was merged", done, len(rounds))
            made |= self._read(some)
        return {place: made[content] if content is not None else None for place, content in contents.items()}

    def _tree(self, commit: str) -> Tree:
        if commit not in self._trees:
            self._trees[commit] = snapshots.of_commit(self.git, self.git.commit(commit))
        return self._trees[commit]

    def _module(self, commit: str, path: str) -> str:
        from reviewers.project import module_names

        if commit not in self._modules:
            self._modules[commit] = module_names(self._tree(commit).python)
        return self._modules[commit].get(path, "")

    def _read(self, contents: Sequence[Content]) -> dict[Content, Version]:
        """Read contents of different paths at once, laid out as they lie in the repository."""
        from reviewers.engine import analyse
        from reviewers.silence import hear
        from reviewers.snapshot import SourceFile

        job = job_of(self.found, self.request, app.code())
        texts = {name: data for name, data in self.git.blobs({name for _, name, _ in contents}) if data is not None}
        with tempfile.TemporaryDirectory(prefix="nova-then-") as place:
            folder = Path(place).resolve()
            snapshots.write_out(self.git, self._tree(self.today.commit), folder, ())
            files = []
            for path, name, _ in contents:
                spot = folder / path
                if name in texts and folder in spot.resolve().parents:
                    spot.parent.mkdir(parents=True, exist_ok=True)
                    spot.write_bytes(texts[name])
                    files.append(SourceFile(path, name))
            told = analyse(str(folder), files, {path: module for path, _, module in contents}, job, {})
        broken = "; ".join(told.tools_failed.values())
        found = [f for report in told.reports.values() for f in report.findings]
        heard = hear(found, told.reports, equivalents(), frozenset()).findings
        marks: dict[str, list[tuple[str, str]]] = {}
        for finding in heard:
            marks.setdefault(finding.path, []).append((finding.rule, finding.fingerprint))
        return {
            (path, name, module): _version(texts.get(name), told.reports.get(path), marks.get(path, ()), broken)
            for path, name, module in contents
        }


def _version(data: bytes | None, report: FileReport | None, marks: Iterable[tuple[str, str]], broken: str) -> Version:
    if data is None:
        return Version((), failed="its content is not in this clone")
    try:
        lines = tuple(split_lines(decoded(data)))
    except Undecodable as error:
        return Version((), failed=str(error))
    failed = broken or (report.failed or report.skipped if report is not None else "it was not read")
    functions = tuple(
        Function(str(f[0]), int(f[1]), int(f[2]), int(f[_CYCLOMATIC]), int(f[_COGNITIVE]))
        for f in (report.functions if report is not None else ())
    )
    return Version(lines, functions, tuple(sorted(marks)), failed)


def _rounds(contents: Sequence[Content]) -> Iterator[list[Content]]:
    """The contents in groups in each of which a path comes once."""
    left = list(contents)
    while left:
        some = {content[0]: content for content in reversed(left)}
        yield list(some.values())
        taken = set(some.values())
        left = [content for content in left if content not in taken]


def changed_paths(git: Git, before: str, after: str) -> tuple[str, ...]:
    """The Python files that differ between two commits and are in both. Raises ``GitError``."""
    out = git.text("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=M", before, after, "--")
    return tuple(path for path in out.split("\0") if path.endswith((".py", ".pyw")))


def renamed(git: Git, before: str, after: str) -> dict[str, str]:
    """From a path in one commit to its path in a later one, for what moved; nothing where git cannot tell."""
    try:
        return {old: new for new, old in git.renames_between(before, after).items()}
    except GitError:
        return {}
