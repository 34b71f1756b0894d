"""A text with its tree, and what the operators say is to be changed in it. Pure."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cached_property

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """One small change: the characters from ``start`` to ``end`` are to become ``text``.

    ``kind`` names the operator, ``says`` tells a person what it does. ``about`` is set where the mutant is a weak one,
    often of the same meaning or one that a good test may well not see: it is made only where the change touched that
    very piece. ``at`` is the piece for which the mutant stands, where that is not what it replaces.
    """

    kind: str
    start: int
    end: int
    text: str
    says: str
    about: ast.AST | None = None
    at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Source:
    """A text that parses. Raises ``SyntaxError`` or ``ValueError`` when ``tree`` of another is asked for."""

    text: str
    tree: ast.Module = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", ast.parse(self.text))

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their ends, split as the parser splits them."""
        return _LINE.findall(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        return starts

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node that holds each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def offset(self, line: int, column: int) -> int:
        """Where a place of the tree is in the text: its columns count the bytes of UTF-8."""
        found = self.lines[line - 1] if line <= len(self.lines) else ""
        if not found.isascii():
            column = len(found.encode()[:column].decode(errors="ignore"))
        return self._starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """From where to where a node goes in the text; parentheses around it are not part of it."""
        start = self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
        return start, self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def segment(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def rows(self, start: int, end: int) -> range:
        """The lines, from 1, of a piece of the text."""
        return range(self.row(start), self.row(max(start, end - 1)) + 1)

    def row(self, offset: int) -> int:
        """The line, from 1, of a place in the text."""
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle - 1)
        return min(low + 1, max(len(self.lines), 1))

    def replacing(self, node: ast.AST, text: str, kind: str, says: str = "", *, about: ast.AST | None = None) -> Draft:
        """A draft that puts another text in the place of a node."""
        start, end = self.span(node)
        return Draft(kind, start, end, text, says or f"{short(self.text[start:end])} becomes {short(text)}", about)


def short(text: str) -> str:
    """A text on one line, cut where it is long."""
    flat = " ".join(text.split())
    return f"`{flat}`" if len(flat) <= 60 else f"`{flat[:57]}...`"
