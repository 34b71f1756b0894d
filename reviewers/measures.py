"""Numbers about functions: cyclomatic by radon, cognitive complexity, nesting, length, parameters."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from radon.visitors import ComplexityVisitor

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_NESTING: frozenset[type[ast.AST]] = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Match, ast.IfExp, ast.Lambda}
)
_BLOCKS: frozenset[type[ast.AST]] = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match}
)
_FUNCTIONS: frozenset[type[ast.AST]] = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
HARD = 15
"""Cognitive complexity from which a function is called hard (SonarSource's own threshold)."""
DECIDING: frozenset[type[ast.AST]] = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Match, ast.IfExp, ast.BoolOp, ast.comprehension,
     ast.Lambda, ast.Assert, ast.Try}
    | ({ast.TryStar} if hasattr(ast, "TryStar") else set())
)  # fmt: skip
"""Nodes that any of the measures counts."""


@dataclass(frozen=True, slots=True)
class FunctionMeasures:
    """One function or method: ``length`` in lines from ``def`` to the end, nested functions included."""

    symbol: str
    line: int
    end_line: int
    cyclomatic: int
    cognitive: int
    nesting: int
    parameters: int
    block: tuple[int, int, int] = (0, 0, 0)
    """The block to take out first: first line, last line, and its points of cognitive complexity; zeros for none."""

    @property
    def length(self) -> int:
        """Lines from ``def`` to the end."""
        return self.end_line - self.line + 1


class _Tally:
    __slots__ = ("blocks", "cognitive", "nesting", "radon")

    def __init__(self) -> None:
        self.cognitive = 0
        self.blocks: dict[ast.stmt, int] = {}
        self.nesting = 0
        self.radon = _Here()


class _Still(ast.NodeVisitor):
    """Stands between radon's visitor and the one that would walk on below a node."""

    def generic_visit(self, node: ast.AST) -> None:
        """Go no further down."""


class _Here(ComplexityVisitor, _Still):  # type: ignore[misc]
    """radon's own visitor, told the deciding nodes one by one: what each of them counts is for radon to say.

    Our one pass does the walking, so that radon does not walk every tree a second time.
    """


def measure(
    functions: Iterable[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]], deciding: Iterable[ast.AST]
) -> list[FunctionMeasures]:
    """The measures of each function given with its qualified name; ``deciding`` are the tree's ``DECIDING`` nodes.

    Cognitive complexity follows G. Ann Campbell's definition (SonarSource, 2018), recursion aside: one for each
    break in the linear flow, one more for each level it is nested in, one for each run of one boolean operator.
    """
    tallies: dict[ast.AST, _Tally] = {}
    for node in deciding:
        _count(node, tallies)
    empty = _Tally()
    found = []
    for symbol, node in functions:
        tally = tallies.get(node, empty)
        a = node.args
        parameters = (
            len(a.posonlyargs) + len(a.args) + len(a.kwonlyargs) + (a.vararg is not None) + (a.kwarg is not None)
        )
        found.append(
            FunctionMeasures(
                symbol,
                node.lineno,
                node.end_lineno or node.lineno,
                tally.radon.complexity,
                tally.cognitive,
                tally.nesting,
                parameters,
                _block(node, tally),
            )
        )
    return found


def _count(node: Any, tallies: dict[ast.AST, _Tally]) -> None:
    """Add one deciding node to the tally of every function around it; radon counts it for the nearest scope alone."""
    depth = 0
    below = node
    kind = type(node)
    blocks: list[Any] = [node] if kind in _BLOCKS else []
    deepens = kind in _NESTING and kind is not ast.IfExp and kind is not ast.Lambda
    is_radons = True
    holder: Any = node.parent
    above = type(holder)
    while above is not ast.Module:
        if above in _FUNCTIONS:
            tally = tallies.get(holder)
            if tally is None:
                tally = tallies[holder] = _Tally()
            if is_radons and isinstance(below, ast.stmt):
                if kind is ast.Assert:
                    tally.radon.visit_Assert(node)
                else:
                    tally.radon.generic_visit(node)
            is_radons = False
            cost = _cost(node, depth)
            tally.cognitive += cost
            for block in blocks:
                tally.blocks[block] = tally.blocks.get(block, 0) + cost
            blocks = []
            if deepens and depth >= tally.nesting:
                tally.nesting = depth + 1
            depth += 1
        elif above is ast.ClassDef or above is ast.Assert:
            is_radons = False
        elif above in _NESTING and not _is_elif(below, holder):
            depth += 1
        if above in _BLOCKS:
            blocks.append(holder)
        below = holder
        holder = holder.parent
        above = type(holder)


def _block(function: ast.FunctionDef | ast.AsyncFunctionDef, tally: _Tally) -> tuple[int, int, int]:
    """The block that holds most of a hard function without being nearly all of it: worth a function of its own."""
    if tally.cognitive < HARD:
        return 0, 0, 0
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    fitting = [(0, 0, 0)]
    for block, points in tally.blocks.items():
        length = (block.end_lineno or block.lineno) - block.lineno + 1
        if 5 <= length <= 0.7 * lines and 0.25 <= points / tally.cognitive <= 0.8:
            fitting.append((block.lineno, block.end_lineno or block.lineno, points))
    return max(fitting, key=lambda b: (b[2], -b[0], -b[1]))


def _is_elif(node: ast.AST, holder: ast.AST) -> bool:
    return (
        isinstance(node, ast.If) and isinstance(holder, ast.If) and len(holder.orelse) == 1 and holder.orelse[0] is node
    )


def _cost(node: ast.AST, depth: int) -> int:
    if isinstance(node, ast.If):
        holder = node.parent  # type: ignore[attr-defined]
        own = 1 if _is_elif(node, holder) else 1 + depth
        has_else = bool(node.orelse) and not (len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If))
        return own + has_else
    if isinstance(node, _LOOPS):
        return 1 + depth + bool(node.orelse)
    if isinstance(node, (ast.ExceptHandler, ast.Match, ast.IfExp)):
        return 1 + depth
    if isinstance(node, ast.BoolOp):
        return 1
    return 0
