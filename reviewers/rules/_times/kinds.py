"""What kind of time an expression is, followed from its use to what makes it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.rules._times.bindings import Bindings, is_imported
from reviewers.rules._times.tables import (
    DATETIME,
    EXTREMES,
    MADE,
    SPANS,
    STRPTIME,
    UTC_NAMES,
    ZONE_ARGUMENT,
    ZONES,
    Kind,
    Zone,
)

if TYPE_CHECKING:
    from reviewers.facts import FileFacts
    from reviewers.rules._times.bindings import Value

_DEEPEST = 40
"""How many steps from a use to what makes the time; longer chains are not followed."""


class Kinds:
    """The kinds of the times in one file, each worked out once."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self.bindings = Bindings(facts)
        self._known: dict[ast.AST, Kind | None] = {}
        self._open: set[ast.AST] = set()

    def kind(self, node: ast.expr) -> Kind | None:
        """What kind of time an expression certainly is; None where that is not known."""
        if node in self._known:
            return self._known[node]
        if node in self._open or len(self._open) > _DEEPEST:
            return None
        self._open.add(node)
        found = self._known[node] = self._kind(node)
        self._open.discard(node)
        return found

    def zone(self, node: ast.expr) -> Zone | None:
        """Which zone an expression certainly is; None where it may be none at all."""
        called = isinstance(node, ast.Call)
        made = self.facts.resolve(node.func if isinstance(node, ast.Call) else node)
        if made in UTC_NAMES:
            return Zone.UTC
        if called:
            return Zone.OTHER if made in ZONES else None
        if isinstance(node, ast.Name) and node not in self._open:
            self._open.add(node)
            found = {None if v is None else self.zone(v) for v in self.bindings.of_name(node) or [None]}
            self._open.discard(node)
            return found.pop() if len(found) == 1 else None
        return None

    def _kind(self, node: ast.expr) -> Kind | None:
        if isinstance(node, ast.Call):
            return self._kind_of_call(node)
        if isinstance(node, ast.Name):
            return self._agreed(self.bindings.of_name(node))
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
                return self._agreed(self.bindings.of_attribute(node))
            is_extreme = self.facts.resolve(node) in EXTREMES and is_imported(node, self.facts)
            return Kind.NAIVE if is_extreme else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
            is_moved = isinstance(node.op, ast.Add) or self._is_span(node.right)
            return self.kind(node.left) if is_moved else None
        if isinstance(node, ast.IfExp):
            return self._agreed([node.body, node.orelse])
        if isinstance(node, ast.BoolOp):
            return self._agreed(list(node.values))
        return self.kind(node.value) if isinstance(node, ast.NamedExpr) else None

    def _agreed(self, values: list[Value]) -> Kind | None:
        """The kind that all values have, ``None`` as a value left out."""
        kinds = {
            None if value is None else self.kind(value)
            for value in values
            if not (isinstance(value, ast.Constant) and value.value is None)
        }
        return kinds.pop() if len(kinds) == 1 else None

    def _kind_of_call(self, node: ast.Call) -> Kind | None:
        func = node.func
        made = self.facts.resolve(func)
        if made is not None and (made in MADE or made in ZONE_ARGUMENT or made == STRPTIME):
            if not is_imported(func, self.facts):
                return None
            return MADE[made] if made in MADE else self._made(node, made)
        if not isinstance(func, ast.Attribute):
            return None
        if func.attr == "astimezone":
            return Kind.AWARE
        if func.attr == "localize" and made is not None and (made.startswith("pytz.") or self.zone(func.value)):
            return Kind.AWARE
        return self._replaced(node, func.value) if func.attr == "replace" and (node.keywords or node.args) else None

    def _made(self, node: ast.Call, made: str) -> Kind | None:
        """The kind of a time that is made of its arguments."""
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            return None
        if made == STRPTIME:
            form = node.args[1] if len(node.args) == 2 else None
            return _parsed(form.value) if isinstance(form, ast.Constant) and isinstance(form.value, str) else None
        at = ZONE_ARGUMENT[made]
        zone = next((k.value for k in node.keywords if k.arg in {"tz", "tzinfo"}), None)
        if zone is None and len(node.args) > at:
            zone = node.args[at]
        if zone is None or (isinstance(zone, ast.Constant) and zone.value is None):
            return Kind.NAIVE if made == DATETIME else Kind.LOCAL
        return Kind.AWARE if self.zone(zone) else None

    def _replaced(self, node: ast.Call, value: ast.expr) -> Kind | None:
        """The kind of what ``replace()`` makes of a time."""
        zone = replaced_zone(node)
        before = self.kind(value)
        if zone is None:
            is_plain = len(node.args) < 8 and all(k.arg is not None for k in node.keywords)
            return before if is_plain and not any(isinstance(a, ast.Starred) for a in node.args) else None
        if isinstance(zone, ast.Constant) and zone.value is None:
            if self._is_in_utc(value):
                return Kind.UTC
            return Kind.NAIVE if before is Kind.AWARE else before or Kind.NAIVE
        return Kind.AWARE if self.zone(zone) else None

    def _is_in_utc(self, node: ast.expr) -> bool:
        """Whether an aware time is one in UTC."""
        given = [*node.args, *(k.value for k in node.keywords)] if isinstance(node, ast.Call) else []
        return any(self.zone(value) is Zone.UTC for value in given)

    def _is_span(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            values = self.bindings.of_name(node)
            return bool(values) and all(v is not None and self._is_span_call(v) for v in values)
        return self._is_span_call(node)

    def _is_span_call(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self.facts.resolve(node.func) in SPANS


def replaced_zone(call: ast.Call) -> ast.expr | None:
    """What ``replace()`` is given as ``tzinfo``."""
    return next((k.value for k in call.keywords if k.arg == "tzinfo"), None)


def ends_in_z(form: str) -> bool:
    """Whether a format of date and time ends in a literal Z."""
    return form.endswith("Z") and not form.endswith("%Z") and "%H" in form


def _parsed(form: str) -> Kind:
    if "%z" in form:
        return Kind.AWARE
    return Kind.UTC if ends_in_z(form) else Kind.NAIVE
