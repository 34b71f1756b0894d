"""A fix as a suggestion block: whole lines of the head that a reader can replace with one click."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.hunks import hunks

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 30
"""Lines beyond which a suggestion is no longer read line by line."""
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines ``start`` to ``end`` of the head, both included, and the text that takes their place."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def block(self) -> str:
        """The suggestion as GitHub reads it, in a fence that none of its lines can close."""
        most = max((len(run) for line in self.lines for run in _TICKS.findall(line)), default=0)
        fence = "`" * max(3, most + 1)
        return "\n".join([f"{fence}suggestion", *self.lines, fence])


def suggestion(before: bytes, after: bytes) -> Suggestion | None:
    """The change of one file as one block; None for what a block cannot say, or cannot say safely.

    That is text with line ends other than a line feed, with characters that cannot be seen, without a line end at the
    end, and changes that are far apart or long.
    """
    old, new = _lines(before), _lines(after)
    if old is None or new is None:
        return None
    found = hunks(old, new)
    if not found:
        return None
    first, end = found[0].first, found[-1].end
    new_first, new_end = found[0].new_first, found[-1].new_end
    if first == end:  # lines are only put in: one that stays is taken along, for a comment needs a line
        if first > 0:
            first, new_first = first - 1, new_first - 1
        elif end < len(old):
            end, new_end = end + 1, new_end + 1
        else:
            return None
    lines = tuple(new[new_first:new_end])
    if end - first > LONGEST or len(lines) > LONGEST or not all(map(_is_plain, lines)):
        return None
    return Suggestion(first + 1, end, lines)


def _lines(data: bytes) -> Sequence[str] | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\r" in text or "\ufeff" in text or (text and not text.endswith("\n")):
        return None
    return text.split("\n")[:-1]


def _is_plain(line: str) -> bool:
    return line.replace("\t", " ").isprintable()
