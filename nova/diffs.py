"""Unified diffs from anywhere: read as bytes, and applied only where every line of the context is there. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NO_END = b"\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class DiffHunk:
    """Lines with their ends: ``old`` stands at line ``first`` (from 0) and becomes ``new``."""

    first: int
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class FileDiff:
    """The change of one file; a path is None where the file is not there on that side."""

    old: str | None
    new: str | None
    hunks: tuple[DiffHunk, ...]


def parse(data: bytes) -> tuple[FileDiff, ...]:
    """The files of a diff, as ``git diff``, ``diff -u`` or a tool wrote it; text around them is passed over.

    Raises ``UsageError`` for what is no diff, or says what cannot be applied to text: binary files, copies.
    """
    files = tuple(_files(_split(data)))
    if not files:
        raise UsageError("there is no unified diff in it", next_step="git diff > FILE  writes one")
    return files


def _files(lines: Sequence[bytes]) -> Iterator[FileDiff]:
    at = 0
    renamed: dict[bytes, str] = {}
    while at < len(lines):
        line = lines[at]
        if line.startswith((b"GIT binary patch", b"Binary files ")):
            raise UsageError("the patch changes a binary file", next_step="leave that file out of the patch")
        if line.startswith((b"new mode ", b"new file mode 12", b"new file mode 16")):
            raise UsageError(
                "the patch changes what a file is: its rights, a link or a repository of its own",
                next_step="leave that out of the patch",
            )
        if line.startswith(b"diff --git "):
            if renamed:
                yield FileDiff(renamed.get(b"from"), renamed.get(b"to"), ())
            renamed = {}
        elif line.startswith((b"rename from ", b"rename to ")):
            word, _, path = line.rstrip(b"\r\n").removeprefix(b"rename ").partition(b" ")
            renamed[word] = _text(path)
        elif line.startswith(b"--- ") and at + 1 < len(lines) and lines[at + 1].startswith(b"+++ "):
            old, new = _path(line[4:], b"a/"), _path(lines[at + 1][4:], b"b/")
            at, found = _hunks(lines, at + 2)
            renamed = {}
            yield FileDiff(old, new, found)
            continue
        at += 1
    if renamed:
        yield FileDiff(renamed.get(b"from"), renamed.get(b"to"), ())


def _path(line: bytes, prefix: bytes) -> str | None:
    name = line.rstrip(b"\r\n").partition(b"\t")[0]
    if name.startswith(b'"') and name.endswith(b'"'):
        name = name[1:-1].decode("unicode_escape").encode("latin-1")
    if name == b"/dev/null":
        return None
    return _text(name.removeprefix(prefix))


def _text(name: bytes) -> str:
    path = name.decode("utf-8", "surrogateescape").removeprefix("./")
    if not path or path.startswith("/") or ".." in path.split("/") or "\0" in path:
        raise UsageError(f"the patch names {path or 'nothing'}, which is no path inside of the repository")
    return path


def _hunks(lines: Sequence[bytes], at: int) -> tuple[int, tuple[DiffHunk, ...]]:
    """The hunks that begin at a line, and the line behind them."""
    found = []
    while at < len(lines) and (head := _HUNK.match(lines[at])):
        first, had, gets = int(head[1]), int(head[2] or 1), int(head[4] or 1)
        old: list[bytes] = []
        new: list[bytes] = []
        at += 1
        last: tuple[list[bytes], ...] = ()
        while at < len(lines) and (len(old) < had or len(new) < gets or lines[at].startswith(_NO_END)):
            mark, line = lines[at][:1], lines[at][1:]
            if lines[at].startswith(_NO_END):
                for side in last:
                    side[-1] = side[-1].removesuffix(b"\n")
            else:
                # An empty line of context is written without its space by some tools.
                if mark in {b"\n", b"\r"}:
                    mark, line = b" ", lines[at]
                if mark not in {b" ", b"-", b"+"}:
                    break
                last = (old, new) if mark == b" " else (old,) if mark == b"-" else (new,)
                for side in last:
                    side.append(line)
            at += 1
        if (len(old), len(new)) != (had, gets):
            raise UsageError(f"a hunk of the patch is cut off at its line {at}")
        found.append(DiffHunk(first - 1 if had else first, tuple(old), tuple(new)))
    return at, tuple(found)


def applied(before: bytes | None, diff: FileDiff) -> bytes | None:
    """A file after its part of a diff; None where it is removed.

    A hunk whose lines stand elsewhere, once in the file, is applied there. Raises ``UsageError`` where it cannot be.
    """
    name = diff.new or diff.old or ""
    if (diff.old is None) != (before is None):
        raise UsageError(f"the patch {'adds' if diff.old is None else 'changes'} {name}, which is "
                         f"{'there already' if diff.old is None else 'not there'}")  # fmt: skip
    lines = _split(before or b"")
    shift = 0
    done: list[bytes] = []
    position = 0
    for hunk in diff.hunks:
        place = _place(lines, hunk, hunk.first + shift, position)
        if place is None:
            raise UsageError(
                f"the patch does not fit {name} at line {hunk.first + 1}",
                why="the lines that it expects there are not there",
                next_step="make the patch anew against the files as they are now",
            )
        shift = place - hunk.first
        done += [*lines[position:place], *hunk.new]
        position = place + len(hunk.old)
    done += lines[position:]
    return None if diff.new is None else b"".join(done)


def _place(lines: Sequence[bytes], hunk: DiffHunk, expected: int, earliest: int) -> int | None:
    size = len(hunk.old)
    if expected >= earliest and tuple(lines[expected : expected + size]) == hunk.old and expected <= len(lines):
        return expected
    if not size:
        return None
    fitting = [n for n in range(earliest, len(lines) - size + 1) if tuple(lines[n : n + size]) == hunk.old]
    return fitting[0] if len(fitting) == 1 else None


def _split(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
