"""Fixes: where a rule's ``fix`` finds its node in a libcst tree, and how edits and fixes become new text."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from reviewers.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewers.finding import Edit, Span
    from reviewers.rule import ProjectRule, Rule

Node = TypeVar("Node", bound=cst.CSTNode)


def locate(module: cst.Module, span: Span, kind: type[Node]) -> tuple[Node, ...]:
    """The nodes of a kind that begin where ``span`` begins; the one that also ends with it comes first.

    The module is searched as it stands (no copy), so that what comes back can be given to ``deep_replace``.
    """
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    found: list[tuple[bool, Node]] = []
    for node, place in positions.items():
        if isinstance(node, kind) and (place.start.line, place.start.column + 1) == (span.line, span.column):
            found.append(((place.end.line, place.end.column + 1) != (span.end_line, span.end_column), node))
    return tuple(node for _, node in sorted(found, key=lambda pair: pair[0]))


def enclosing(module: cst.Module, span: Span, kind: type[Node]) -> tuple[Node, ...]:
    """The nodes of a kind that hold the whole of ``span``, innermost first."""
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    start, end = (span.line, span.column - 1), (span.end_line, span.end_column - 1)
    found: list[tuple[tuple[int, int], tuple[int, int], Node]] = []
    for node, place in positions.items():
        if isinstance(node, kind):
            first, last = (place.start.line, place.start.column), (place.end.line, place.end.column)
            if first <= start and end <= last:
                found.append((first, last, node))
    found.sort(key=lambda item: (item[0], (-item[1][0], -item[1][1])), reverse=True)
    return tuple(node for _, _, node in found)


def mended(rule: Rule | ProjectRule, text: str, span: Span) -> str | None:
    """The text with the rule's one hit at ``span`` mended; None where the rule leaves it as it is."""
    with _no_collector():
        try:
            module = cst.parse_module(text)
        except (cst.ParserSyntaxError, RecursionError):
            return None
        after = rule.fix(module, span).code
    return after if after != text else None


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made: in order of place, and in the order listed where two begin at one place.

    Raises ``ValueError`` where two edits overlap.
    """
    lines = split_lines(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return len(text) if line > len(lines) else starts[line - 1] + column - 1

    pieces: list[str] = []
    position = 0
    ordered = sorted(edits, key=lambda e: (e.span.line, e.span.column))
    for edit in ordered:
        begin = offset(edit.span.line, edit.span.column)
        if begin < position:
            raise ValueError("two edits overlap")
        pieces += [text[position:begin], edit.text]
        position = offset(edit.span.end_line, edit.span.end_column)
    return "".join([*pieces, text[position:]])


@contextmanager
def _no_collector() -> Iterator[None]:
    """Half of a libcst parse is Python's garbage collector looking at nodes that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
