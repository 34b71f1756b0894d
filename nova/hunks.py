"""Which lines differ between two texts, and where the others went. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 4000
"""Beyond so many lines between the first and the last that differ, these are taken as one hunk."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines ``first`` to ``end`` (from 0, ``end`` not included) that became ``new_first`` to ``new_end``."""

    first: int
    end: int
    new_first: int
    new_end: int


def hunks(before: Sequence[str], after: Sequence[str]) -> tuple[Hunk, ...]:
    """The stretches that differ, in order; everything between them is equal."""
    head, tail = 0, 0
    most = min(len(before), len(after))
    while head < most and before[head] == after[head]:
        head += 1
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old and not new:
        return ()
    if not old or not new or len(old) + len(new) > LONGEST:
        return (Hunk(head, head + len(old), head, head + len(new)),)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(Hunk(head + a, head + b, head + c, head + d) for what, a, b, c, d in codes if what != "equal")


def moved(found: Sequence[Hunk], line: int) -> int | None:
    """Where an old line (from 0) stands now; None for one that a hunk replaces."""
    shift = 0
    for hunk in found:
        if line < hunk.first:
            break
        if line < hunk.end:
            return None
        shift = hunk.new_end - hunk.end
    return line + shift
