"""The fixes that are offered for a clone: all of ruff's, safe and unsafe, and those of Nova's own rules, each alone.

Whether a rule is chosen to speak in a review plays no part: what is measured is the ladder, not the choice.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova.diffs import applied, parse
from nova.patch import fixes
from nova.proof.case import FileChange, Mend, Patch
from nova.proof.pythons import admitted, required
from reviewers.engine import Job, analyse
from reviewers.finding import Edit, Span
from reviewers.layout import module_names
from reviewers.mend import edited
from reviewers.paths import kind_of_path
from reviewers.registry import RULES
from reviewers.snapshot import SourceFile
from reviewers.text import Undecodable, decoded, encoding
from reviewers.tools import ruff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CODES = "ALL"
LEFT_OUT = "ERA,RUF100"
"""Rules whose fix is to take a comment away."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A fix from anywhere: ``kind`` is ``safe``, ``unsafe`` or ``nova``. ``folder`` is the name of its clone."""

    folder: str
    kind: str
    mend: Mend
    before: bytes
    after: bytes

    @property
    def patch(self) -> Patch:
        """The fix alone."""
        return Patch((FileChange(self.mend.path, self.before, self.after),))


def paths_of(folder: Path) -> list[str]:
    """The Python files of a clone that git knows, without tests, examples and documents."""
    out = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=folder, capture_output=True, check=True).stdout
    return [p for p in os.fsdecode(out).split("\0") if p and not kind_of_path(p) and (folder / p).is_file()]


def offered(folder: Path, name: str, paths: Sequence[str], target: str, most: int = 0) -> list[Offered]:
    """All fixes for these files, at most so many of a rule (0: all); ``target`` is a version as ruff has it."""
    return list(_thinned([*_of_ruff(folder, name, paths, target), *_own(folder, name, paths)], most))


def _of_ruff(folder: Path, name: str, paths: Sequence[str], target: str) -> Iterator[Offered]:
    """Each of ruff's fixes alone."""
    command = [
        ruff.find(), "check", "--isolated", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json",
        "--select", CODES, "--ignore", LEFT_OUT, "--target-version", target, "--", *paths,
    ]  # fmt: skip
    out = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
    for item in json.loads(out):
        fix = item.get("fix")
        if not fix or fix["applicability"] not in {"safe", "unsafe"} or not item["code"]:
            continue
        path = str(Path(item["filename"]).relative_to(folder.resolve()))
        before = (folder / path).read_bytes()
        edits = [Edit(_span(edit), edit["content"]) for edit in fix["edits"]]
        try:
            after = edited(decoded(before), edits).encode(encoding(before))
        except (ValueError, Undecodable):
            continue
        if after != before:
            yield Offered(name, fix["applicability"], Mend(item["code"], path, _span(item)), before, after)


def _span(item: dict[str, dict[str, int]]) -> Span:
    start, end = item["location"], item["end_location"]
    return Span(start["row"], start["column"], end["row"], end["column"])


def _own(folder: Path, name: str, paths: Sequence[str]) -> Iterator[Offered]:
    """Each fix of Nova's own rules alone."""
    job = Job(tuple(r.name for r in RULES), (), jobs=1)
    outcome = analyse(str(folder), [SourceFile(p, p) for p in paths], module_names(paths), job, {})
    findings = [f for p in sorted(outcome.reports) for f in outcome.reports[p].findings if f.fixable]
    made = fixes(findings, lambda p: (folder / p).read_bytes())
    for finding in findings:
        fix = made.get((finding.path, finding.fingerprint))
        if fix is not None:
            before = (folder / finding.path).read_bytes()
            after = applied(before, parse(fix.patch.encode())[0])
            if after is not None:
                yield Offered(name, "nova", Mend(finding.rule, finding.path, finding.span), before, after)


def _thinned(found: Iterable[Offered], most: int) -> Iterator[Offered]:
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.mend.rule] += 1
        if not most or seen[one.mend.rule] <= most:
            yield one


def requires_of(folder: Path) -> str:
    """What the project in a folder declares of Python; empty where it declares nothing."""
    names = ("pyproject.toml", "setup.cfg", "setup.py")
    texts = [(folder / n).read_text("utf-8") if (folder / n).is_file() else "" for n in names]
    return required(texts[0], texts[1:])


def oldest(requires: str) -> str:
    """The oldest Python that is admitted, as ruff has it: ``py310``."""
    return "py" + admitted(requires)[0].replace(".", "")
