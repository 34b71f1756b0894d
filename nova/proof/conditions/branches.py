"""Conditions of edits of ``if``, ``else`` and ``return``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from nova.proof.conditions.declaring import Block, Declared, called, names_in, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.conditions.declaring import Made, Place

_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def is_truth(node: ast.expr, place: Place) -> bool:
    """Whether an expression gives ``True`` or ``False`` and nothing else, whatever the types of its parts."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    if isinstance(node, ast.Compare):
        return all(isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops)
    if isinstance(node, ast.BoolOp):
        return all(is_truth(value, place) for value in node.values)
    call = called(node, "isinstance", "issubclass", "callable", "bool", "hasattr")
    return call is not None and isinstance(call.func, ast.Name) and place.is_builtin(call.func.id)


def _as_truth(test: ast.expr, place: Place) -> Iterator[ast.expr]:
    if place.is_builtin("bool"):
        yield ast.Call(ast.Name("bool", ast.Load()), [test], [])
    if is_truth(test, place):
        yield test


def _inverted(test: ast.expr) -> Iterator[ast.expr]:
    yield ast.UnaryOp(ast.Not(), test)
    turned = {ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in turned:
        yield ast.Compare(test.left, [turned[type(test.ops[0])]()], test.comparators)


def _constant(node: ast.AST | None, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _returned(body: list[ast.stmt]) -> ast.expr | None:
    return body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None


def flattened_else(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001  one shape for all
    """RET505 to RET508."""
    assert isinstance(node, ast.If)
    if node.orelse and isinstance(node.body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break):
        yield Block([ast.If(node.test, node.body, []), *node.orelse])


def nested_if(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001
    """SIM102."""
    assert isinstance(node, ast.If)
    inner = node.body[0]
    if len(node.body) == 1 and isinstance(inner, ast.If) and not node.orelse and not inner.orelse:
        yield Block([ast.If(ast.BoolOp(ast.And(), [node.test, inner.test]), inner.body, [])])


def needless_bool(node: ast.AST, place: Place) -> Iterator[Made]:
    """SIM103."""
    assert isinstance(node, ast.If)
    block, index = place.block()
    behind = 0
    other = _returned(node.orelse)
    if not node.orelse and index + 1 < len(block):
        other, behind = _returned(block[index + 1 : index + 2]), 1
    mine = _returned(node.body)
    if _constant(mine, True) and _constant(other, False):
        for made in _as_truth(node.test, place):
            yield Block([ast.Return(made)], behind=behind)
    elif _constant(mine, False) and _constant(other, True):
        for made in _inverted(node.test):
            yield Block([ast.Return(made)], behind=behind)


def truth_of_choice(node: ast.AST, place: Place) -> Iterator[Made]:
    """SIM210 and SIM211."""
    assert isinstance(node, ast.IfExp)
    if _constant(node.body, True) and _constant(node.orelse, False):
        yield from _as_truth(node.test, place)
    elif _constant(node.body, False) and _constant(node.orelse, True):
        yield from _inverted(node.test)


def choice(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001
    """SIM108."""
    assert isinstance(node, ast.If)
    if len(node.body) != 1 or len(node.orelse) != 1:
        return
    one, other = node.body[0], node.orelse[0]
    if not isinstance(one, ast.Assign) or not isinstance(other, ast.Assign) or len(one.targets) != 1:
        return
    if len(other.targets) == 1 and same(one.targets[0], other.targets[0]) and isinstance(one.targets[0], ast.Name):
        yield Block([ast.Assign(one.targets, ast.IfExp(node.test, one.value, other.value))])


def same_branches(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001
    """SIM114."""
    assert isinstance(node, ast.If)
    if len(node.orelse) == 1 and isinstance(inner := node.orelse[0], ast.If):
        alike = len(node.body) == len(inner.body) and all(map(same, node.body, inner.body))
        if alike:
            yield Block([ast.If(ast.BoolOp(ast.Or(), [node.test, inner.test]), node.body, inner.orelse)])


def not_in(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001
    """E713 and E714."""
    assert isinstance(node, ast.UnaryOp)
    test = node.operand
    turned = {ast.In: ast.NotIn, ast.Is: ast.IsNot}
    if (
        isinstance(node.op, ast.Not)
        and isinstance(test, ast.Compare)
        and len(test.ops) == 1
        and type(test.ops[0]) in turned
    ):
        yield ast.Compare(test.left, [turned[type(test.ops[0])]()], test.comparators)


def returned_at_once(node: ast.AST, place: Place) -> Iterator[Made]:
    """RET504."""
    assert isinstance(node, ast.Return)
    block, index = place.block()
    kept = block[index - 1] if index else None
    if not isinstance(kept, ast.Assign) or not isinstance(node.value, ast.Name) or place.in_try():
        return
    name = node.value.id
    if len(kept.targets) == 1 and isinstance(kept.targets[0], ast.Name) and kept.targets[0].id == name:
        once = place.function is not None and len(place.uses(name)) == 2
        if once and place.is_own(name) and name not in names_in([kept.value]):
            yield Block([ast.Return(kept.value)], before=1)


def useless_return(node: ast.AST, place: Place) -> Iterator[Made]:
    """PLR1711."""
    assert isinstance(node, ast.Return)
    function = place.function
    empty = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
    if function is not None and len(function.body) > 1 and function.body[-1] is node and empty:
        yield Block([])


def else_of_loop(node: ast.AST, place: Place) -> Iterator[Made]:  # noqa: ARG001
    """PLW0120."""
    assert isinstance(node, ast.For | ast.AsyncFor | ast.While)
    if node.orelse and not any(_breaks(one) for one in node.body):
        bare = type(node)(**{**{name: getattr(node, name) for name in node._fields}, "orelse": []})
        yield Block([bare, *node.orelse])


def _breaks(node: ast.AST) -> bool:
    """Whether a ``break`` in it ends the loop around; one in an inner loop's ``else`` does."""
    if isinstance(node, ast.Break):
        return True
    if isinstance(node, _LOOPS):
        return any(_breaks(one) for one in node.orelse)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return False
    return any(_breaks(child) for child in ast.iter_child_nodes(node))


_LEAVES = ("the branch before the else always leaves: its last statement is return, raise, continue or break",)
_TRUTH = (
    "bool is Python's own, or the test gives True or False whatever its types (is, in, not, isinstance of Python)",
)
_NOT = ("the test is negated, which gives True or False whatever its types",)
_OWN = (
    "the name is a variable of the function alone, bound once and read once",
    "no try or with around it, no inner function and no locals() can see it",
)
_SAME = ("both branches hold the same statements, and the tests keep their order",)
_LAST = ("it is the function's last statement, and gives None as the end of a function does",)
_ELSE = ("no break ends the loop, so what stands in its else runs whenever what follows would",)
_IN = ("it is one comparison with in, which gives True or False whatever its types",)
BRANCHES = (
    *(Declared(code, _LEAVES, (ast.If,), flattened_else) for code in ("RET505", "RET506", "RET507", "RET508")),
    Declared("SIM102", ("neither if has an else, and nothing stands between them",), (ast.If,), nested_if),
    Declared("SIM103", _TRUTH, (ast.If,), needless_bool),
    Declared("SIM210", _TRUTH, (ast.IfExp,), truth_of_choice),
    Declared("SIM211", _NOT, (ast.IfExp,), truth_of_choice),
    Declared("SIM108", ("both branches do nothing but bind the same plain name",), (ast.If,), choice),
    Declared("SIM114", _SAME, (ast.If,), same_branches),
    Declared("E713", _IN, (ast.UnaryOp,), not_in),
    Declared("E714", ("it is one comparison with is",), (ast.UnaryOp,), not_in),
    Declared("RET504", _OWN, (ast.Return,), returned_at_once),
    Declared("PLR1711", _LAST, (ast.Return,), useless_return),
    Declared("PLW0120", _ELSE, _LOOPS, else_of_loop),
)
