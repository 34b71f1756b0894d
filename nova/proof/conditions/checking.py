"""Whether a patch is the very edit whose conditions are declared, in a place where they hold. Pure."""

from __future__ import annotations

import ast
from itertools import count, islice
from typing import TYPE_CHECKING

from nova.proof.conditions.branches import BRANCHES
from nova.proof.conditions.calls import CALLS
from nova.proof.conditions.declaring import Block, Declared, Place
from nova.proof.conditions.loops import LOOPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nova.proof.case import Mend
    from nova.proof.conditions.declaring import Made
    from reviewers.finding import Span

DECLARED: Mapping[str, Declared] = {one.code: one for one in (*BRANCHES, *CALLS, *LOOPS)}
"""By the code of the rule."""


def checked(mend: Mend, before: str, after: str) -> tuple[str, ...]:
    """The conditions of a fix in words, where each of them was checked and holds; else nothing.

    ``before`` and ``after`` are the whole text of the file that the mend is in. Nothing is given where the rule
    declares none, where one of them does not hold, or where the patch does anything but that one edit.
    """
    declared = DECLARED.get(mend.rule)
    if declared is None:
        return ()
    try:
        wanted = _flat(ast.parse(after))
        if alike(_flat(ast.parse(before)), wanted):
            return ()
        edited = any(alike(_flat(made), wanted) for made in _edited(declared, before, mend.span))
    except (SyntaxError, ValueError, RecursionError):
        return ()
    return declared.words if edited else ()


def _edited(declared: Declared, before: str, span: Span) -> Iterator[ast.Module]:
    """The tree as it is after each edit that the declaration allows in the lines of a finding, each made of its own."""
    nodes = ast.walk(ast.parse(before))
    for number in [n for n, node in enumerate(nodes) if isinstance(node, declared.kinds) and _touches(node, span)]:
        for choice in count():
            tree = ast.parse(before)
            place = Place(tree, next(islice(ast.walk(tree), number, None)))
            made = next(islice(declared.edits(place.node, place), choice, None), None)
            if made is None:
                break
            if _put(place, made):
                yield tree


def _touches(node: ast.AST, span: Span) -> bool:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) or 0
    return first <= span.end_line and span.line <= last


def _put(place: Place, made: Made) -> bool:
    """Put what was made in the place of a node."""
    node = place.node
    if isinstance(made, Block):
        block, index = place.block()
        start = index - made.before
        if not block or start < 0:
            return False
        block[start : index + 1 + made.behind] = made.made
        return bool(block)
    parent = place.parents[node]
    for name, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, name, made)
            return True
        if isinstance(value, list) and any(one is node for one in value):
            value[:] = [made if one is node else one for one in value]
            return True
    return False


def alike(one: object, other: object) -> bool:
    """Whether two trees are the same, constants with type and sign, places aside."""
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(alike(getattr(one, name, None), getattr(other, name, None)) for name in one._fields)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other if isinstance(one, str | int) else repr(one) == repr(other)


def _flat(tree: ast.Module) -> ast.Module:
    """The tree with ``(a and b) and c`` as ``a and b and c``: it is evaluated alike."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp):
            node.values = list(_values(node))
    return tree


def _values(node: ast.BoolOp) -> Iterator[ast.expr]:
    for value in node.values:
        if isinstance(value, ast.BoolOp) and type(value.op) is type(node.op):
            yield from _values(value)
        else:
            yield value
