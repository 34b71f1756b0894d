"""Conditions of edits of loops."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from nova.proof.conditions.declaring import LOOKING, SCOPES, Block, Declared, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.proof.conditions.declaring import Made, Place

_TIED = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, *SCOPES)


def list_of_loop(node: ast.AST, place: Place) -> Iterator[Made]:
    """PERF401."""
    assert isinstance(node, ast.For)
    block, index = place.block()
    made = block[index - 1] if index else None
    tests, last = _inner(node)
    call = last.value if isinstance(last, ast.Expr) else None
    if not isinstance(made, ast.Assign | ast.AnnAssign) or not isinstance(call, ast.Call) or node.orelse:
        return
    name = _emptied(made)
    if not name or _appended(call) != name or not isinstance(node.target, ast.Name) or place.in_try():
        return
    moved = [node.iter, *tests, call.args[0]]
    if not place.is_own(name) or not place.is_own(node.target.id) or name in names_in(moved) or _is_tied(moved):
        return
    inside = {id(one) for one in ast.walk(node)}
    if node.target.id == name or any(id(use) not in inside for use in place.uses(node.target.id)):
        return
    if node.target.id in names_in([node.iter]):
        return
    listed = ast.ListComp(call.args[0], [ast.comprehension(node.target, node.iter, tests, 0)])
    if isinstance(made, ast.Assign):
        yield Block([ast.Assign(made.targets, listed)], before=1)
    else:
        yield Block([ast.AnnAssign(made.target, made.annotation, listed, made.simple)], before=1)


def _inner(node: ast.For) -> tuple[list[ast.expr], ast.stmt | None]:
    """The tests around the one statement of a loop, and that statement."""
    tests: list[ast.expr] = []
    body = node.body
    while len(body) == 1 and isinstance(body[0], ast.If) and not body[0].orelse:
        tests.append(body[0].test)
        body = body[0].body
    return tests, body[0] if len(body) == 1 else None


def _emptied(made: ast.Assign | ast.AnnAssign) -> str:
    """The name that is bound to an empty list there."""
    targets = made.targets if isinstance(made, ast.Assign) else [made.target]
    empty = isinstance(made.value, ast.List) and not made.value.elts
    return targets[0].id if empty and len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _appended(call: ast.Call) -> str:
    """The name of the list that one value is appended to."""
    one = len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred)
    function = call.func
    if (
        one
        and isinstance(function, ast.Attribute)
        and function.attr == "append"
        and isinstance(function.value, ast.Name)
    ):
        return function.value.id
    return ""


def _is_tied(nodes: Sequence[ast.expr]) -> bool:
    """Whether code is tied to the scope that it stands in."""
    return any(isinstance(n, _TIED) for node in nodes for n in ast.walk(node)) or bool(names_in(nodes) & LOOKING)


def unused_variable(node: ast.AST, place: Place) -> Iterator[Made]:
    """B007."""
    assert isinstance(node, ast.For)
    stores = [n for n in ast.walk(node.target) if isinstance(n, ast.Name)]
    for store in stores:
        name = store.id
        if place.function is None or not place.is_own(name) or len(place.uses(name)) != 1:
            continue
        if f"_{name}" in place.bound or f"_{name}" in names_in([place.tree]):
            continue
        yield Block([_renamed(node, store)])


def _renamed(node: ast.For, store: ast.Name) -> ast.For:
    class Renaming(ast.NodeTransformer):
        def visit_Name(self, found: ast.Name) -> ast.Name:
            return ast.Name(f"_{found.id}", found.ctx) if found.id == store.id else found

    import copy

    target = Renaming().visit(copy.deepcopy(node.target))
    return ast.For(target, node.iter, node.body, node.orelse, node.type_comment)


LOOPS = (
    Declared(
        "PERF401",
        (
            "the list is made empty right before the loop, and nothing in the loop reads it",
            "list and loop variable are variables of the function alone, and the loop variable is not used elsewhere",
            "no try or with of the function could see a list that is filled in part",
            "nothing that moves awaits, yields, binds a name or is tied to its scope",
        ),
        (ast.For,), list_of_loop,
    ),
    Declared(
        "B007",
        (
            "the name is a variable of the function alone and used nowhere else in it",
            "the new name is used nowhere in the file",
        ),
        (ast.For,), unused_variable,
    ),
)  # fmt: skip
