"""Several fixes of one file at once: those that do not touch one another; the others wait for the next round. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.hunks import hunks
from reviewers.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


def merged(before: str, afters: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The text with as many of the fixes as go together, the first ones first, and which these are.

    Each of ``afters`` is the whole text after one fix. Two fixes touch where their lines overlap or border on each
    other; two that make the very same change, such as the same new import, make it once.
    """
    lines = split_lines(before)
    taken: dict[tuple[int, int], tuple[str, ...]] = {}
    chosen = []
    for number, after in enumerate(afters):
        new = split_lines(after)
        found = {(h.first, h.end): tuple(new[h.new_first : h.new_end]) for h in hunks(lines, new)}
        if all(taken.get(place) == text or not _touches(place, taken) for place, text in found.items()):
            taken |= found
            chosen.append(number)
    return "".join(_with(lines, taken)), tuple(chosen)


def _touches(place: tuple[int, int], taken: dict[tuple[int, int], tuple[str, ...]]) -> bool:
    return any(place[0] <= end and first <= place[1] for first, end in taken)


def _with(lines: Sequence[str], taken: dict[tuple[int, int], tuple[str, ...]]) -> list[str]:
    out: list[str] = []
    position = 0
    for (first, end), text in sorted(taken.items()):
        out += [*lines[position:first], *text]
        position = end
    return out + list(lines[position:])
