"""Diffs as GitHub shows them: files with patches, the lines that can be commented on, and where lines went later.

Pure: text of ``git diff`` in, values out. Positions are those of the page "REST API endpoints for pull request review
comments": the line below the first ``@@`` is position 1, and later hunk headers count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
LEFT, RIGHT = "LEFT", "RIGHT"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a side stands in a file's patch."""

    position: int
    hunk: int
    hunk_text: str


@dataclass(frozen=True)
class FileDiff:
    """One file of a diff; ``patch`` is ``None`` for a binary file, one too large, or one that only moved."""

    path: str
    previous: str | None
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None

    @cached_property
    def places(self) -> dict[tuple[str, int], Place]:
        """Every line that the patch shows, by side and number; a context line stands on both sides."""
        return dict(_places(self.patch or ""))


def _places(patch: str) -> Iterator[tuple[tuple[str, int], Place]]:
    old = new = hunk = 0
    shown: list[str] = []
    for position, line in enumerate(patch.split("\n")):
        if header := HUNK.match(line):
            old, new, hunk, shown = int(header[1]), int(header[3]), hunk + 1, [line]
            continue
        shown.append(line)
        if line.startswith("\\"):
            continue
        place = Place(position, hunk, "\n".join(shown))
        if not line.startswith("+"):
            yield (LEFT, old), place
            old += 1
        if not line.startswith("-"):
            yield (RIGHT, new), place
            new += 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a diff is shown: of one file, and in all."""

    file_bytes: int
    file_lines: int
    all_bytes: int
    all_lines: int


def parse(raw: bytes, patches: bytes, limits: Limits) -> list[FileDiff]:
    """The files of ``git diff --raw --numstat -z`` with the patches of ``git diff -p``, in git's order.

    A patch over a limit is left out, as the API does.
    """
    entries, counts = _raw(raw)
    texts = re.split(rb"(?m)^diff --git ", patches)[1:]
    files = []
    left = [limits.all_bytes, limits.all_lines]
    for (status, sha, previous, path), count, text in zip(entries, counts, texts, strict=True):
        start = re.search(rb"(?m)^@@ ", text)
        patch = text[start.start() :].removesuffix(b"\n") if start else None
        if patch is not None:
            size, lines = len(patch), patch.count(b"\n") + 1
            if size > min(limits.file_bytes, left[0]) or lines > min(limits.file_lines, left[1]):
                patch = None
            else:
                left = [left[0] - size, left[1] - lines]
        shown = None if patch is None else patch.decode(errors="replace")
        files.append(FileDiff(path, previous, STATUS[status], sha, *count, shown))
    return files


def _raw(raw: bytes) -> tuple[list[tuple[str, str, str | None, str]], list[tuple[int, int]]]:
    words = iter(raw.decode(errors="surrogateescape").split("\0"))
    entries: list[tuple[str, str, str | None, str]] = []
    counts = []
    for word in words:
        if word.startswith(":"):
            _, _, old, new, status = word.split(" ")
            first = next(words)
            previous, path = (first, next(words)) if status[0] in "RC" else (None, first)
            entries.append((status[0], old if status[0] == "D" else new, previous, path))
        elif word:
            added, removed, path = word.split("\t", 2)
            if not path:
                next(words), next(words)
            counts.append((int(added), int(removed)) if added != "-" else (0, 0))
    return entries, counts


def moved(patch: str, line: int) -> int | None:
    """Where a line of the old text stands in the new one, by a diff without context; ``None`` where it was changed."""
    shift = 0
    for header in re.finditer(r"(?m)^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", patch):
        old, old_count = int(header[1]), int(header[2] or 1)
        new_count = int(header[4] or 1)
        first = old if old_count else old + 1
        if line < first:
            break
        if line < first + old_count:
            return None
        shift += new_count - old_count
    return line + shift
