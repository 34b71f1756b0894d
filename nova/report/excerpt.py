"""Source lines on a screen, with what is meant underlined to the character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.report.characters import cells, visible
from nova.report.screen import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.report.detail import SourceLine
    from reviewers.finding import Span

TAB = 4
LEAD = 12
"""Columns kept before the span where a line is too long to be shown from its beginning."""


def excerpt(lines: Sequence[SourceLine], span: Span, width: int) -> list[Line]:
    """The lines with their numbers; a span within one line is underlined, a longer one has a bar in the margin."""
    if not lines:
        return []
    digits = max(len(str(line.number)) for line in lines)
    room = width - digits - 5
    shown: list[Line] = []
    for line in lines:
        inside = span.line <= line.number <= span.end_line and (
            line.number < span.end_line or span.end_column > 1 or span.line == span.end_line
        )
        one = inside and span.line == span.end_line
        columns = _shown(line.text)
        begin = cells("".join(columns[: span.column - 1])) if one else 0
        end = cells("".join(columns[: span.end_column - 1])) if one else 0
        text, shift = _window("".join(columns), begin, end, room)
        number = Piece(f"{'>' if inside else ' '} {line.number:>{digits}} ", "bad" if inside else "dim")
        shown.append((number, Piece("| ", "dim"), Piece(text)))
        if one:
            long = max(min(end, shift + room) - begin, 1)
            under = " " * (begin - shift) + "^" * long
            shown.append((Piece(f"{' ' * (digits + 3)}"), Piece("| ", "dim"), Piece(under, "bad")))
    return shown


def _shown(text: str) -> list[str]:
    """What each character of a line is shown as: tabs as spaces, and what cannot be seen as an escape."""
    shown = []
    column = 0
    for character in text.rstrip("\r\n"):
        part = " " * (TAB - column % TAB) if character == "\t" else visible(character)
        column += cells(part)
        shown.append(part)
    return shown


def _window(text: str, begin: int, end: int, room: int) -> tuple[str, int]:
    """The part of a line that there is room for, and how many columns were left out before it."""
    shift = 0
    if end > room and begin > LEAD:
        shift = min(begin - LEAD, max(cells(text) - room, 0))
    kept, column = "", 0
    start: int | None = None
    for character in text:
        size = cells(character)
        if column >= shift:
            start = column if start is None else start
            if column + size > start + room:
                return f"{_cut_left(kept, start)[:-1]}…", start
            kept += character
        column += size
    return _cut_left(kept, start or 0), start or 0


def _cut_left(text: str, shift: int) -> str:
    """The text with a mark, as wide as what it stands for, where something was left out before it."""
    return f"…{' ' * (cells(text[0]) - 1)}{text[1:]}" if shift and text else text
