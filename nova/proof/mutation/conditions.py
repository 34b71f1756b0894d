"""Operators on conditions: comparisons, ``and`` and ``or``, ``not``, and what is asked by ``if`` and its like."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from nova.proof.mutation.draft import Draft, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.mutation.draft import Source

_OPPOSITE: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: ">=", ast.LtE: ">", ast.Gt: "<=", ast.GtE: "<", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_BOUNDARY: dict[type[ast.cmpop], str] = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
_IDENTITY: dict[type[ast.cmpop], str] = {ast.Eq: "is", ast.NotEq: "is not", ast.Is: "==", ast.IsNot: "!="}
_OPERATOR = r"is\s+not\b|not\s+in\b|is\b|in\b|[<>=!]=|[<>]"
_BOOLEAN = (ast.Compare, ast.BoolOp)


def drafts(node: ast.AST, source: Source) -> Iterator[Draft]:
    """What can be changed in a node that is or holds a condition."""
    if isinstance(node, ast.If | ast.IfExp):
        # Either alone may only raise, which a test that looks at nothing would notice too.
        yield source.replacing(node.test, "True", "condition always true")
        yield source.replacing(node.test, "False", "condition always false")
    elif isinstance(node, ast.Assert):
        yield negated(node.test, source, "condition negated")
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield source.replacing(test, "True", "comprehension condition dropped")
    elif isinstance(node, ast.match_case) and node.guard is not None:
        yield negated(node.guard, source, "condition negated")
    elif isinstance(node, ast.Compare):
        yield from _compared(node, source)
    elif isinstance(node, ast.BoolOp):
        yield from _joined(node, source)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and not _is_asked(node, source):
        yield source.replacing(node, f"bool({source.segment(node.operand)})", "not dropped")


def asked(node: ast.AST) -> ast.expr | None:
    """The condition of a node."""
    return node.test if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert) else None


def is_boolean(node: ast.expr) -> bool:
    """Whether a value is surely a truth value, or meant as one."""
    return isinstance(node, _BOOLEAN) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))


def negated(node: ast.expr, source: Source, kind: str) -> Draft:
    """The opposite of a condition."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return source.replacing(node, f"({source.segment(node.operand)})", kind)
    return source.replacing(node, f"(not ({source.segment(node)}))", kind)


def _is_asked(node: ast.expr, source: Source) -> bool:
    """Whether the operator on conditions, or on what is returned, negates this node already."""
    parent = source.parents.get(node)
    if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
        return True
    return parent is not None and (asked(parent) is node or isinstance(parent, ast.Return))


def _compared(node: ast.Compare, source: Source) -> Iterator[Draft]:
    sides = [node.left, *node.comparators]
    for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
        pair, kind = (left, right), type(op)
        if len(node.ops) > 1 or not _is_asked(node, source):
            yield from between(node, pair, _OPERATOR, _OPPOSITE[kind], "comparison", source)
        if kind in _BOUNDARY:
            yield from between(node, pair, _OPERATOR, _BOUNDARY[kind], "boundary", source, about=node)
        # `is None` and `== None` are alike for nearly all values, and small numbers are one and the same object.
        if kind in _IDENTITY and not any(isinstance(side, ast.Constant) for side in pair):
            yield from between(node, pair, _OPERATOR, _IDENTITY[kind], "identity", source, about=node)


def between(
    node: ast.expr, operands: tuple[ast.expr, ast.expr], pattern: str, text: str, kind: str, source: Source,
    *, about: ast.AST | None = None,
) -> Iterator[Draft]:  # fmt: skip
    """A draft that puts another operator between two operands of a node; none where a comment stands there too."""
    start, end = source.span(operands[0])[1], source.span(operands[1])[0]
    gap = source.text[start:end]
    found = re.search(pattern, gap)
    if found is None or "#" in gap:
        return
    # A word that takes the place of a sign needs blanks around it.
    word = text[0].isalpha() and not found[0][0].isalpha()
    beside = gap[: found.start()][-1:], gap[found.end() :][:1]
    left, right = (" " if word and not near.isspace() else "" for near in beside)
    says = f"in {short(source.segment(node))} `{found[0]}` becomes `{text}`"
    yield Draft(kind, start + found.start(), start + found.end(), left + text + right, says, about)


def _joined(node: ast.BoolOp, source: Source) -> Iterator[Draft]:
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in zip(node.values, node.values[1:], strict=False):
        yield from between(node, (left, right), rf"\b{word}\b", other, "and for or", source)
    for value in node.values:
        if len(node.values) == 2:
            yield source.replacing(node, f"({source.segment(value)})", "operand alone", about=node)
