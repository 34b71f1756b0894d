"""Which lines and which definitions a change of one Python file touches. Pure."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.hunks import hunks
from reviewers.text import split_lines, unified

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Changed:
    """The lines (from 1) that differ, on the old side and on the new; lines that hold no code are not among them.

    Where one side has none, the lines beside the place stand for it; ``beside_old`` and ``beside_new`` are those that
    are there for this reason alone.
    """

    old: frozenset[int]
    new: frozenset[int]
    beside_old: frozenset[int] = frozenset()
    beside_new: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement, an ``except`` or a ``case`` with all that is within it, from its first line to its last.

    ``at_import``: it runs when its module is imported, and not when a function is called.
    """

    start: int
    end: int
    at_import: bool


def changed_lines(before: str, after: str) -> Changed:
    """The lines of two texts that are not alike. Where one side has none, the line before and after stand for it.

    Lines are counted as the parser counts them. SyntaxError for a text that this Python cannot parse.
    """
    old, new = split_lines(unified(before)), split_lines(unified(after))
    left: set[int] = set()
    right: set[int] = set()
    by_left: set[int] = set()
    by_right: set[int] = set()
    for hunk in hunks(old, new):
        (left if hunk.first < hunk.end else by_left).update(_spread(hunk.first, hunk.end, len(old)))
        (right if hunk.new_first < hunk.new_end else by_right).update(_spread(hunk.new_first, hunk.new_end, len(new)))
    old_code, new_code = code_lines(before), code_lines(after)
    return Changed(
        frozenset((left | by_left) & old_code), frozenset((right | by_right) & new_code),
        frozenset((by_left - left) & old_code), frozenset((by_right - right) & new_code),
    )  # fmt: skip


def _spread(start: int, end: int, count: int) -> set[int]:
    if start == end:
        return {n for n in (start, start + 1) if 1 <= n <= count}
    return set(range(start + 1, end + 1))


def code_lines(text: str) -> frozenset[int]:
    """The lines on which any part of a statement stands, but for those that do nothing, as a docstring does."""
    lines = split_lines(unified(text))
    tree = ast.parse(text)
    inside_strings = {
        n
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno
        for n in range(node.lineno + 1, node.end_lineno + 1)
    }
    found: set[int] = set()
    idle: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            span = range(_start(node), (node.end_lineno or node.lineno) + 1)
            (idle if _is_idle(node) else found).update(span)
    # A line may hold more than one statement; then what does something counts.
    doing = {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and not _is_idle(node) and not hasattr(node, "body")
    }
    return frozenset(
        n
        for n in found - (idle - doing)
        if n in inside_strings or (lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#"))
    )


def _is_idle(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Global | ast.Nonlocal)


def units(text: str) -> tuple[Unit, ...]:
    """Every statement of a text, the outer before the inner."""
    return tuple(_units(ast.parse(text), at_import=True))


def unit_of(found: tuple[Unit, ...], line: int) -> Unit | None:
    """The innermost statement that a line is part of; None for a line outside of all."""
    return min((u for u in found if u.start <= line <= u.end), key=lambda u: u.end - u.start, default=None)


def _units(node: ast.AST, *, at_import: bool) -> Iterator[Unit]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            start = child.pattern.lineno if isinstance(child, ast.match_case) else _start(child)
            end = child.body[-1].end_lineno if isinstance(child, ast.match_case) else child.end_lineno
            yield Unit(start, end or start, at_import)
            within = at_import and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _units(child, at_import=within)


def enclosing(text: str, lines: frozenset[int]) -> tuple[str, ...]:
    """The qualified names of the innermost functions that hold some lines, in their order; ``""`` for the module.

    A nested function is named as ``__qualname__`` does, with ``<locals>``. Decorators belong to what they decorate.
    """
    tree = ast.parse(text)
    spans = list(_functions(tree, ""))
    names: dict[str, None] = {}
    for line in sorted(lines):
        inside = [(start, -end, name) for start, end, name in spans if start <= line <= end]
        names[max(inside)[2] if inside else ""] = None
    return tuple(names)


def _functions(node: ast.AST, within: str) -> Iterator[tuple[int, int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            name = within + child.name
            yield _start(child), child.end_lineno or child.lineno, name
            yield from _functions(child, name + ".<locals>.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, within + child.name + ".")
        else:
            yield from _functions(child, within)


def _start(node: ast.stmt | ast.excepthandler) -> int:
    """The first line of a node, that of its first decorator where it has any."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.decorator_list:
        return min(one.lineno for one in node.decorator_list)
    return node.lineno
