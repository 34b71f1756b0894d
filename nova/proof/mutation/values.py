"""Operators on values: constants, f-strings, arithmetic, signs, displays, subscripts, comprehensions, lambdas."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from nova.proof.mutation.conditions import between
from nova.proof.mutation.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.mutation.draft import Source

_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "/"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"), ast.Pow: (r"\*\*", "*"), ast.LShift: ("<<", ">>"), ast.RShift: (">>", "<<"),
    ast.BitAnd: ("&", "|"), ast.BitOr: (r"\|", "&"), ast.BitXor: (r"\^", "&"),
}  # fmt: skip
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_PLAIN = (-1, ord("s"))
"""No conversion, and the one that is made without it too."""
_TEXT = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple)


def drafts(node: ast.AST, source: Source) -> Iterator[Draft]:
    """What can be changed in a node that is a value."""
    if isinstance(node, ast.Constant):
        yield from _constant(node, source)
    elif isinstance(node, ast.JoinedStr):
        yield from _f_string(node, source)
    elif isinstance(node, ast.BinOp):
        yield from _arithmetic(node, source)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Invert):
        yield source.replacing(node, f"({source.segment(node.operand)})", "sign dropped")
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        yield from _slice(node.slice, source)
    elif isinstance(node, ast.List | ast.Set | ast.Dict | ast.Tuple):
        yield from _display(node, source)
    elif isinstance(node, ast.comprehension) and not node.is_async:
        yield source.replacing(node.iter, "()", "comprehension emptied")
    elif isinstance(node, ast.Lambda) and not is_none(node.body):
        yield source.replacing(node.body, "None", "lambda emptied")
    elif isinstance(node, ast.Await):
        yield source.replacing(node, f"({source.segment(node.value)})", "await dropped")
    elif isinstance(node, ast.Yield) and node.value is not None and not is_none(node.value):
        yield source.replacing(node.value, "None", "yielded value changed")
    elif isinstance(node, ast.YieldFrom):
        yield source.replacing(node.value, "()", "yield from emptied")


def is_none(node: ast.expr) -> bool:
    """Whether an expression is the constant None."""
    return isinstance(node, ast.Constant) and node.value is None


def _constant(node: ast.Constant, source: Source) -> Iterator[Draft]:
    parent = source.parents.get(node)
    value = node.value
    # A keyword's value often only chooses a way (`encoding=`, `strict=`), and a default may be always given.
    # What a value is compared with moves a boundary.
    about: ast.AST | None = node if isinstance(parent, ast.keyword | ast.arguments) else None
    if isinstance(parent, ast.Compare) and any(isinstance(op, _ORDER) for op in parent.ops):
        about = parent
    if value is None:
        if isinstance(parent, ast.Assign | ast.AnnAssign | ast.Call | ast.keyword | ast.arguments | ast.IfExp):
            yield source.replacing(node, "1", "constant changed", about=about)
    elif isinstance(value, bool):
        yield source.replacing(node, str(not value), "constant changed", about=about)
    elif isinstance(value, int | float):
        yield source.replacing(node, repr(value + 1), "number changed", about=about)
    elif isinstance(value, str | bytes) and not _is_format(node, parent):
        prefix = "b" if isinstance(value, bytes) else ""
        text, says = (f'{prefix}""', "emptied") if value else (f'{prefix}"XX"', "filled")
        yield source.replacing(node, text, f"string {says}", about=about)


def _is_format(node: ast.Constant, parent: ast.AST | None) -> bool:
    """Whether values are put into a text by ``%``: without its places they would only raise."""
    return isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mod) and parent.left is node


def _f_string(node: ast.JoinedStr, source: Source) -> Iterator[Draft]:
    """Each value left out, and each format dropped; places inside of an f-string are not exact before Python 3.12."""
    for number, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            less = _with(node, number, ast.Constant(value=""))
            told = ast.unparse(part.value)
            yield source.replacing(node, ast.unparse(less), "f-string part", f"`{told}` is left out of the f-string")
            spec = part.format_spec
            # Nearly always a whole number has `:d`, and is written the same without it.
            is_whole = isinstance(spec, ast.JoinedStr) and ast.unparse(spec) in {"f'd'", 'f"d"'}
            if (spec is not None and not is_whole) or part.conversion not in _PLAIN:
                bare = _with(node, number, ast.FormattedValue(value=part.value, conversion=-1, format_spec=None))
                says = f"the format of `{told}` is dropped"
                yield source.replacing(node, ast.unparse(bare), "f-string format", says)
        elif isinstance(part, ast.Constant) and str(part.value).strip():
            less = _with(node, number, ast.Constant(value=""))
            says = f"the text {part.value!r} is left out of the f-string"
            yield source.replacing(node, ast.unparse(less), "f-string part", says)


def _with(node: ast.JoinedStr, number: int, part: ast.expr) -> ast.JoinedStr:
    made = copy.copy(node)
    made.values = [*node.values[:number], part, *node.values[number + 1 :]]
    return made


def _arithmetic(node: ast.BinOp, source: Source) -> Iterator[Draft]:
    if type(node.op) not in _ARITHMETIC:
        return
    if isinstance(node.op, ast.Add) and (_is_text(node.left) or _is_text(node.right)):
        # Taken from one another they would only raise: any test that comes by would notice.
        kept = node.right if _is_text(node.left) else node.left
        yield source.replacing(node, f"({source.segment(kept)})", "operand alone")
        return
    if isinstance(node.op, ast.Mod) and _is_text(node.left):
        yield source.replacing(node, f"({source.segment(node.left)})", "operand alone")
        return
    pattern, other = _ARITHMETIC[type(node.op)]
    yield from between(node, (node.left, node.right), pattern, other, "arithmetic", source)


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, _TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def _slice(node: ast.Slice, source: Source) -> Iterator[Draft]:
    for name in ("lower", "upper", "step"):
        bound = getattr(node, name)
        if isinstance(bound, ast.expr) and not is_none(bound):
            yield source.replacing(bound, "None", "slice bound dropped")


def _display(node: ast.List | ast.Set | ast.Dict | ast.Tuple, source: Source) -> Iterator[Draft]:
    if isinstance(node, ast.Tuple) and isinstance(
        source.parents.get(node), ast.For | ast.comprehension | ast.Subscript
    ):
        return
    if isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
        return
    if isinstance(node, ast.Dict):
        pairs = list(zip(node.keys, node.values, strict=True))
        if len(pairs) > 1 and pairs[0][0] is not None and pairs[1][0] is not None:
            yield _dropped(source.span(pairs[0][0])[0], source.span(pairs[1][0])[0], source)
    elif isinstance(node, ast.Tuple):
        if isinstance(source.parents.get(node), ast.Assign | ast.Return) and len(node.elts) > 1:
            yield from exchanged(node.elts[0], node.elts[1], "elements exchanged", source)
    elif len(node.elts) > 1:
        yield _dropped(source.span(node.elts[0])[0], source.span(node.elts[1])[0], source)


def exchanged(one: ast.expr, other: ast.expr, kind: str, source: Source) -> Iterator[Draft]:
    """A draft in which two expressions, of which the first stands before the other, have changed places."""
    if ast.dump(one) == ast.dump(other):
        return
    start, middle = source.span(one)
    after, end = source.span(other)
    text = source.text[after:end] + source.text[middle:after] + source.text[start:middle]
    says = f"`{source.text[start:middle]}` and `{source.text[after:end]}` are exchanged"
    yield Draft(kind, start, end, text, says)


def _dropped(start: int, end: int, source: Source) -> Draft:
    said = source.text[start:end].strip().rstrip("(, \n")
    return Draft("element dropped", start, end, "", f"`{said}` is left out")
