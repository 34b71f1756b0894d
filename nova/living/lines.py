"""Which lines of the head a diff holds: only these can carry a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NAMED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of the new side, both ends included, and which of its lines the change wrote."""

    start: int
    end: int
    added: frozenset[int] = frozenset()


def of_diff(lines: Iterable[bytes]) -> dict[str, tuple[Held, ...]]:
    """What a whole ``git diff`` holds of each file of its new side; lines come with their ends, or without."""
    found: dict[str, list[Held]] = {}
    path: str | None = None
    reader = _Hunks()
    for line in lines:
        if reader.takes(line):
            continue
        if line.startswith(b"diff --git "):
            path = None
        elif line.startswith(b"+++ "):
            path = _path(line[4:])
        elif path is not None and (head := _HUNK.match(line)):
            reader.begin(head, found.setdefault(path, []))
    reader.finish()
    return {name: tuple(held) for name, held in found.items()}


def of_patches(patches: Mapping[str, str]) -> dict[str, tuple[Held, ...]]:
    """What GitHub's own patches hold, by path: they begin with their first hunk."""
    found: dict[str, tuple[Held, ...]] = {}
    for path, patch in patches.items():
        held: list[Held] = []
        reader = _Hunks()
        for line in patch.encode("utf-8", "surrogatepass").split(b"\n"):
            if not reader.takes(line) and (head := _HUNK.match(line)):
                reader.begin(head, held)
        reader.finish()
        found[path] = tuple(held)
    return found


class _Hunks:
    """Reads hunks line by line, so that no text in them can be taken for a header."""

    def __init__(self) -> None:
        self._old = self._new = 0
        self._at = self._start = 0
        self._added: set[int] = set()
        self._into: list[Held] | None = None

    def begin(self, head: re.Match[bytes], into: list[Held]) -> None:
        self.finish()
        self._old = int(head[2]) if head[2] is not None else 1
        self._new = int(head[4]) if head[4] is not None else 1
        self._at = self._start = int(head[3])
        self._added, self._into = set(), into
        self._settle()

    def takes(self, line: bytes) -> bool:
        """Whether the line belongs to the hunk that is being read."""
        if self._into is None:
            return False
        mark = line[:1]
        if mark == b"\\":
            return True
        if mark == b"+":
            self._added.add(self._at)
        if mark != b"-":
            self._at, self._new = self._at + 1, self._new - 1
        if mark != b"+":
            self._old -= 1
        self._settle()
        return True

    def _settle(self) -> None:
        if self._old <= 0 and self._new <= 0:
            self.finish()

    def finish(self) -> None:
        if self._into is not None and self._at > self._start:
            self._into.append(Held(self._start, self._at - 1, frozenset(self._added)))
        self._into = None


def _path(name: bytes) -> str | None:
    """The path in a header: git quotes one that holds a line break, a quote or a backslash."""
    name = name.rstrip(b"\n").removesuffix(b"\t")
    if name.startswith(b'"') and name.endswith(b'"') and len(name) > 1:
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    if name == b"/dev/null":
        return None
    return name.removeprefix(b"b/").decode("utf-8", "surrogateescape")


def _unescaped(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    return bytes([int(mark, 8) & 0xFF]) if len(mark) == 3 else _NAMED.get(mark, mark)


def place(held: Sequence[Held], first: int, last: int) -> int | None:
    """The line on which to speak of lines ``first`` to ``last``: the first if the diff holds it, else one that is new.

    None where the diff holds none of them.
    """
    if any(h.start <= first <= h.end for h in held):
        return first
    written = sorted(n for h in held for n in h.added if first <= n <= last)
    if written:
        return written[0]
    return min((max(h.start, first) for h in held if h.start <= last and first <= h.end), default=None)


def holds(held: Sequence[Held], first: int, last: int) -> bool:
    """Whether one stretch of the diff holds all of the lines: a comment cannot reach from one into another."""
    return any(h.start <= first and last <= h.end for h in held)
