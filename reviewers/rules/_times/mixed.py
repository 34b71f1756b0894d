"""Two times that do not say the same of their zone, and are compared or subtracted all the same."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from reviewers.facts import walk
from reviewers.rules._flow import CLOSURES
from reviewers.rules._times.fault import OFF, Fault
from reviewers.rules._times.tables import Kind

if TYPE_CHECKING:
    from reviewers.rules._times.kinds import Kinds

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_NEVER_EQUAL = "is never equal to"


class Mixing:
    """The pairs of times in one file."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._facts = kinds.facts

    def fault(self, node: ast.AST) -> Fault | None:
        """What is wrong about a comparison, a subtraction, or a ``min()`` or ``max()``."""
        if isinstance(node, ast.Compare):
            return self._compared(node)
        if isinstance(node, ast.BinOp):
            return self._mixed(node, node.left, node.right, "and") if isinstance(node.op, ast.Sub) else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"min", "max"}:
            return self._ordered(node)
        return None

    def _ordered(self, node: ast.Call) -> Fault | None:
        found = (self._mixed(node, node.args[0], other, "compared with") for other in node.args[1:])
        return next((fault for fault in found if fault is not None), None)

    def _compared(self, node: ast.Compare) -> Fault | None:
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            equal = isinstance(operator, (ast.Eq, ast.NotEq))
            if equal or isinstance(operator, _ORDER):
                fault = self._mixed(node, left, right, _NEVER_EQUAL if equal else "compared with")
                if fault is not None:
                    return fault
        return None

    def _mixed(self, node: ast.expr, left: ast.expr, right: ast.expr, how: str) -> Fault | None:
        one, other = self._kinds.kind(left), self._kinds.kind(right)
        if one is None or other is None or one is other:
            return None
        if Kind.AWARE in {one, other}:
            if how != _NEVER_EQUAL and self._expects_type_error(left):
                return None
            naive, kind = (right, other) if one is Kind.AWARE else (left, one)
            tail = "" if how == _NEVER_EQUAL else ": this raises TypeError"
            time = naive if kind in {Kind.UTC, Kind.LOCAL} else None
            return Fault(node, f"{one.value} {how} {other.value}{tail}", time)
        if Kind.NAIVE in {one, other} or how == _NEVER_EQUAL or self._is_same_moment(left, right):
            return None
        return None if self._counts_in_local else Fault(node, f"{one.value} {how} {other.value}: {OFF}")

    def _is_same_moment(self, left: ast.expr, right: ast.expr) -> bool:
        """Whether two times are made of the same: their difference is the local offset, and means to be."""
        made = [self._made_by(left), self._made_by(right)]
        return all(isinstance(call, ast.Call) for call in made) and len({_given(call) for call in made}) == 1

    def _made_by(self, node: ast.expr) -> ast.expr | None:
        """The call that a time comes from, past the name it has and a ``replace()`` of its zone."""
        if isinstance(node, ast.Name):
            values = self._kinds.bindings.of_name(node)
            return values[0] if len(values) == 1 else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
            return node.func.value
        return node

    @cached_property
    def _counts_in_local(self) -> bool:
        """Whether the file also turns a time in UTC into seconds as if it were local, which makes up for the other."""
        return ".timestamp()" in self._facts.text and any(
            isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and n.func.attr == "timestamp"
            and self._kinds.kind(n.func.value) is Kind.UTC
            for n in self._facts.nodes
        )

    def _expects_type_error(self, node: ast.expr) -> bool:
        below: ast.AST = node
        for above in self._facts.ancestors(node):
            if isinstance(above, CLOSURES):
                break
            if isinstance(above, ast.Try) and below in above.body:
                caught = [n for h in above.handlers for n in (walk(h.type) if h.type else ())]
                if any(isinstance(n, ast.Name) and n.id == "TypeError" for n in caught):
                    return True
            if isinstance(above, ast.With) and "raises" in ast.unparse(above.items[0]).lower():
                return True
            below = above
        return False


def _given(call: ast.expr | None) -> str:
    given = [*call.args[:1], *(k.value for k in call.keywords)] if isinstance(call, ast.Call) else []
    return " ".join(ast.dump(value) for value in given)
