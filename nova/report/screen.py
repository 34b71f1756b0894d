"""A screen as plain data: lines of styled pieces of text, wrapped by what a terminal shows.

One layout serves the terminal and the pipe: with colour the pieces are painted by rich, without it they are just
joined and rich is never imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from nova.report.characters import cell, cells, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Style: TypeAlias = Literal[
    "plain", "heading", "number", "place", "symbol", "code", "dim", "good", "warning", "bad", "added", "removed"
]

_PAINT: dict[Style, str] = {
    "heading": "bold",
    "number": "bold blue",
    "place": "bold",
    "symbol": "cyan",
    "code": "cyan",
    "dim": "dim",
    "good": "green",
    "warning": "yellow",
    "bad": "bold red",
    "added": "green",
    "removed": "red",
}

NARROWEST = 40
WIDEST = 100
LEAST_ROOM = 8
GLUE = "\u00a0"
"""A space at which a line is never broken; no text from outside holds one once it was made visible."""


class Piece(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


Line: TypeAlias = "tuple[Piece, ...]"
BLANK: Line = ()


def readable(width: int) -> int:
    """The width to lay out for: lines beyond ``WIDEST`` are hard to read, below ``NARROWEST`` nothing fits."""
    return max(NARROWEST, min(width, WIDEST))


def glued(text: str) -> str:
    """The text as one word."""
    return text.replace(" ", GLUE)


def prose(text: str, style: Style = "plain") -> tuple[Piece, ...]:
    """A sentence in which what stands between single backticks is code."""
    parts = text.split("`")
    if len(parts) < 3 or "" in parts[1:-1]:
        return (Piece(text, style),)
    pieces = []
    for number, part in enumerate(parts):
        if number % 2 and number < len(parts) - 1:
            pieces.append(Piece(f"`{part}`", "code"))
        elif part or number % 2:
            pieces.append(Piece(f"`{part}" if number % 2 else part, style))
    return tuple(pieces)


def paragraph(pieces: Iterable[Piece], width: int, indent: str = "", first: Line | None = None) -> list[Line]:
    """The pieces broken at spaces into lines of at most ``width`` columns.

    ``first`` opens the first line in the place of the indent. A word that is wider than a line is broken, but for
    a place: whoever clicks on it needs it whole.
    """
    room = max(width - cells(indent), LEAST_ROOM)
    lines: list[list[Piece]] = []
    used = 0
    for word in _words(pieces):
        for part in _fitting(word, room):
            size = sum(cells(text) for text, _ in part)
            if lines and used + 1 + size <= room:
                _join(lines[-1], part)
                used += 1 + size
            else:
                start = _unglued(part)
                lines.append(start)
                used = sum(cells(text) for text, _ in start)
    margin: Line = (Piece(indent),) if indent else ()
    return [
        ((*first, *line) if number == 0 and first is not None else (*margin, *line))
        for number, line in enumerate(lines)
    ]


def beside(lines: list[Line], right: Sequence[Piece], width: int, indent: str) -> list[Line]:
    """The lines with something set against the right margin of the last one, or of one more where it does not fit."""
    size = sum(cells(text) for text, _ in right)
    used = line_cells(lines[-1])
    gap = width - used - size
    if gap < 2:
        return [*lines, (Piece(" " * max(width - size, cells(indent))), *right)]
    return [*lines[:-1], (*lines[-1], Piece(" " * gap), *right)]


def line_cells(line: Line) -> int:
    """How many columns the line takes."""
    return sum(cells(text) for text, _ in line)


def text_of(lines: Iterable[Line], *, color: bool) -> str:
    """The lines as text, each ended; the words are the same with and without colour."""
    joined = _painted if color else _plain
    return "".join(f"{line}\n" for line in joined(lines))


def _plain(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield "".join(text for text, _ in line).replace(GLUE, " ").rstrip(" ")


def _painted(lines: Iterable[Line]) -> Iterator[str]:
    from rich.color import ColorSystem
    from rich.style import Style as Paint

    paints = {style: Paint.parse(words) for style, words in _PAINT.items()}
    for line in lines:
        painted = []
        for text, style in _trimmed(line):
            paint = paints.get(style)
            shown = text.replace(GLUE, " ")
            painted.append(paint.render(shown, color_system=ColorSystem.STANDARD) if paint else shown)
        yield "".join(painted)


def _trimmed(line: Line) -> Line:
    """The line without blank pieces at its end."""
    end = len(line)
    while end and not line[end - 1].text.strip(" "):
        end -= 1
    return line[:end]


def _words(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Words, each of one or more pieces: a change of style inside a word does not break it."""
    word: list[Piece] = []
    for text, style in pieces:
        for number, part in enumerate(text.split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append(Piece(part, style))
    if word:
        yield word


def _join(line: list[Piece], word: list[Piece]) -> None:
    """Add a word to a line; the space between takes the style of both, where they agree."""
    before, after = line[-1], word[0]
    if before.style == after.style:
        line[-1] = Piece(f"{before.text} {after.text}", before.style)
        line.extend(word[1:])
    else:
        line.extend([Piece(" "), *word])


def _unglued(word: list[Piece]) -> list[Piece]:
    """The word as a line begins with it."""
    return [Piece(word[0].text.lstrip(GLUE), word[0].style), *word[1:]]


def _fitting(word: list[Piece], room: int) -> Iterator[list[Piece]]:
    """The word, in parts no wider than the room."""
    if sum(cells(text) for text, _ in word) <= room or any(style == "place" for _, style in word):
        yield word
        return
    part: list[Piece] = []
    left = room
    for text, style in word:
        taken = ""
        for character in text:
            size = cell(character)
            if size > left:
                yield [*part, Piece(taken, style)] if taken else part
                part, taken, left = [], "", room
            taken += character
            left -= size
        if taken:
            part.append(Piece(taken, style))
    if part:
        yield part


def shortened(text: str, most: int) -> str:
    """The text made visible and cut at ``most`` columns, with a mark where it was cut."""
    shown = visible(text)
    if cells(shown) <= most:
        return shown
    kept, left = "", most - 1
    for character in shown:
        left -= cell(character)
        if left < 0:
            break
        kept += character
    return f"{kept}…"
