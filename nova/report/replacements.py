"""A unified diff read back as replacements of text, right to the character: what SARIF and editors ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewers.finding import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_OCTAL = re.compile(rb"\\([0-7]{3}|.)")
_NAMED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a patch does to one file. Its edits are in order and do not overlap."""

    path: str
    edits: tuple[Edit, ...]


@dataclass(slots=True)
class _Block:
    """Lines next to each other that a hunk takes out and puts in, and the line of context before them."""

    line: int
    old: list[str]
    new: list[str]
    before: str | None
    last: bool = False
    """Whether no context follows, so that the file may end here."""


def replacements(patch: str) -> tuple[Change, ...]:
    r"""The changes of a patch, file by file.

    Lines end where git ends them, with ``\n``; a carriage return before it belongs to the line. Raises
    ``ValueError`` for a patch that makes, deletes or renames a file, or that is no unified diff.
    """
    changes: list[Change] = []
    lines = patch.split("\n")
    if lines[-1] == "":
        lines.pop()
    position = 0
    while position < len(lines):
        if not lines[position].startswith("--- ") or position + 1 == len(lines):
            position += 1
            continue
        path = _path(lines[position], lines[position + 1])
        position += 2
        edits: list[Edit] = []
        while position < len(lines) and (match := _HUNK.match(lines[position])):
            size = _size(match)
            blocks, position = _blocks(lines, position + 1, int(match[1]) + (size[0] == 0), size)
            edits += [edit for block in blocks for edit in _edits(block)]
        if not edits:
            raise ValueError(f"the patch of {path} has no hunk")
        changes.append(Change(path, tuple(edits)))
    if not changes:
        raise ValueError("this is no unified diff")
    return tuple(changes)


def _size(match: re.Match[str]) -> tuple[int, int]:
    return (1 if match[2] is None else int(match[2])), (1 if match[4] is None else int(match[4]))


def _path(minus: str, plus: str) -> str:
    if not plus.startswith("+++ "):
        raise ValueError("the header of a file is broken")
    old, new = (_named(text[4:]) for text in (minus, plus))
    if old != new:
        raise ValueError(f"{old} does not stay {new}")
    return new


def _named(written: str) -> str:
    """The path in a header: without ``a/`` or ``b/``, a date behind a tab, or git's quotes."""
    if written.startswith('"'):
        raw = written[1 : written.rindex('"')].encode("utf-8", "surrogateescape")
        name = _OCTAL.sub(_byte, raw).decode("utf-8", "surrogateescape")
    else:
        name = written.partition("\t")[0].removesuffix("\r")
    return name[2:] if name.startswith(("a/", "b/")) else name


def _byte(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    return bytes([int(mark, 8) & 0xFF]) if len(mark) == 3 else _NAMED.get(mark, mark)


def _blocks(lines: list[str], position: int, line: int, size: tuple[int, int]) -> tuple[list[_Block], int]:
    """The blocks of one hunk, and where it ends; ``line`` is the first old line of the hunk."""
    old, new = size
    blocks: list[_Block] = []
    before: str | None = None
    open_block: _Block | None = None
    while old > 0 or new > 0:
        if position == len(lines):
            raise ValueError("a hunk ends too soon")
        kind, text = lines[position][:1], _ended(lines, position)
        if kind in {" ", ""}:
            before, open_block = text, None
            old, new, line = old - 1, new - 1, line + 1
        elif kind in {"-", "+"}:
            if open_block is None:
                open_block = _Block(line, [], [], before)
                blocks.append(open_block)
            (open_block.old if kind == "-" else open_block.new).append(text)
            old, new, line = old - (kind == "-"), new - (kind == "+"), line + (kind == "-")
        elif kind != "\\":
            raise ValueError("a hunk holds a line that is neither context nor change")
        position += 1
    if position < len(lines) and lines[position].startswith("\\"):
        position += 1
    if open_block is not None:
        open_block.last = True
    return blocks, position


def _ended(lines: list[str], position: int) -> str:
    """The text of a patch line as it stands in the file: with its line end, unless the next line denies it."""
    follows = lines[position + 1] if position + 1 < len(lines) else ""
    return lines[position][1:] + ("" if follows.startswith("\\") else "\n")


def _edits(block: _Block) -> Iterator[Edit]:
    """The block as the smallest replacement.

    Where the file may end behind the block, the line before it is taken along: a place after the last line end
    belongs to no line, and not every reader knows it.
    """
    line = block.line
    old, new = "".join(block.old), "".join(block.new)
    if block.last and block.before is not None:
        line, old, new = line - 1, block.before + old, block.before + new
    if old == new:
        return
    start, end_old, end_new = _narrowed(old, new)
    first = _position(old, start, line)
    last = _position(old, end_old, line)
    yield Edit(Span(*first, *last), new[start:end_new])


def _narrowed(old: str, new: str) -> tuple[int, int, int]:
    """Where the texts begin to differ and where each ends to; never between the two characters of a line end."""
    shortest = min(len(old), len(new))
    tail = 0
    while tail < shortest and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if tail and (_splits(old, len(old) - tail) or _splits(new, len(new) - tail)):
        tail -= 1
    head = 0
    while head < shortest - tail and old[head] == new[head]:
        head += 1
    if head and (_splits(old, head) or _splits(new, head)):
        head -= 1
    return head, len(old) - tail, len(new) - tail


def _splits(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1] == "\r" and text[at] == "\n"


def _position(text: str, offset: int, line: int) -> tuple[int, int]:
    """Line and column of an offset into a text that begins at the start of ``line``."""
    passed = text.count("\n", 0, offset)
    return line + passed, offset - (text.rfind("\n", 0, offset) + 1) + 1
