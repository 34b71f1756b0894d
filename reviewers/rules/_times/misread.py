"""One time that is read as if it were in another zone: counted, converted, labelled or written down."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewers.rules._times.fault import OFF, Fault
from reviewers.rules._times.kinds import ends_in_z, replaced_zone
from reviewers.rules._times.tables import Kind, Zone

if TYPE_CHECKING:
    from reviewers.rules._times.kinds import Kinds

_COUNTERS = frozenset({"mktime", "timegm"})
_SAYS_UTC = f"Z says UTC, and this is local time: {OFF}"


def misread(node: ast.AST, kinds: Kinds) -> Fault | None:
    """What is wrong about a call on a time, or about a Z behind its text."""
    if isinstance(node, ast.Call):
        return _called(node, kinds)
    if isinstance(node, ast.BinOp):
        marked = isinstance(node.op, ast.Add) and isinstance(node.right, ast.Constant) and node.right.value == "Z"
        return _marked(node, node.left, kinds) if marked else None
    return _joined(node, kinds) if isinstance(node, ast.JoinedStr) else None


def _joined(node: ast.JoinedStr, kinds: Kinds) -> Fault | None:
    for part, after in pairwise(node.values):
        if isinstance(part, ast.FormattedValue) and isinstance(after, ast.Constant) and str(after.value) == "Z":
            fault = _marked(node, part.value, kinds)
            if fault is not None:
                return Fault(node, fault.message)
    return None


def _marked(node: ast.expr, text: ast.expr, kinds: Kinds) -> Fault | None:
    """What is wrong about a Z after a text."""
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "isoformat":
        kind = kinds.kind(text.func.value)
        if kind is Kind.LOCAL:
            return Fault(node, _SAYS_UTC, text.func.value, is_naive=True)
        if kind is Kind.AWARE:
            return Fault(node, "isoformat() of an aware time ends with its offset: a Z after that cannot be parsed")
    return None


def _called(node: ast.Call, kinds: Kinds) -> Fault | None:
    func = node.func
    if isinstance(func, ast.Attribute):
        if func.attr in {"timestamp", "astimezone", "strftime"}:
            return _converted(node, func, kinds)
        if func.attr == "replace":
            return _labelled(node, func.value, kinds)
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return _counted(node, kinds) if name in _COUNTERS and len(node.args) == 1 else None


def _converted(node: ast.Call, func: ast.Attribute, kinds: Kinds) -> Fault | None:
    """What is wrong about a time that is turned into seconds, another zone or a text."""
    form = _text_of(node) if func.attr == "strftime" else ""
    if func.attr != "strftime" or "%s" in form:
        shown = "strftime('%s')" if form else f"{func.attr}()"
        is_wrong = kinds.kind(func.value) is Kind.UTC
        return (
            Fault(node, f"{shown} takes this naive time in UTC for local time: {OFF}", func.value) if is_wrong else None
        )
    is_wrong = ends_in_z(form) and kinds.kind(func.value) is Kind.LOCAL
    return Fault(node, _SAYS_UTC, func.value) if is_wrong else None


def _labelled(node: ast.Call, value: ast.expr, kinds: Kinds) -> Fault | None:
    """What is wrong about a ``replace()`` of the zone; subtracting from its time is how the offset is measured."""
    zone = replaced_zone(node)
    if zone is None or kinds.zone(zone) is not Zone.UTC or kinds.kind(value) is not Kind.LOCAL:
        return None
    above = kinds.facts.parent(node)
    if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Sub):
        return None
    return Fault(node, f"replace() calls this local time UTC without converting it: {OFF}", node)


def _counted(node: ast.Call, kinds: Kinds) -> Fault | None:
    """What is wrong about ``mktime()`` or ``timegm()`` of a time's parts."""
    parts, counter = node.args[0], kinds.facts.resolve(node.func)
    if not isinstance(parts, ast.Call) or not isinstance(parts.func, ast.Attribute):
        return None
    kind, method = kinds.kind(parts.func.value), parts.func.attr
    if counter == "calendar.timegm" and kind is Kind.LOCAL and method in {"timetuple", "utctimetuple"}:
        return Fault(node, f"timegm() takes this local time for UTC: {OFF}")
    in_utc = (kind is Kind.UTC and method == "timetuple") or (
        kind in {Kind.UTC, Kind.AWARE} and method == "utctimetuple"
    )
    if counter == "time.mktime" and in_utc:
        return Fault(node, f"mktime() takes this time in UTC for local time: {OFF}; use .timestamp() of an aware time")
    return None


def _text_of(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
