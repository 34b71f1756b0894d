"""How a call that makes a time is written anew with its zone, and what has to be imported for it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from reviewers.finding import Edit, Span
from reviewers.rules._names import shadowed
from reviewers.rules._times.kinds import replaced_zone
from reviewers.rules._times.tables import FROMTIMESTAMP, NOW, TODAY, UTCFROMTIMESTAMP, UTCNOW

if TYPE_CHECKING:
    from reviewers.facts import FileFacts
    from reviewers.rules._times.fault import Fault

_ARGUMENTS = {NOW: 0, TODAY: 0, UTCNOW: 0, FROMTIMESTAMP: 1, UTCFROMTIMESTAMP: 1}
"""What can be written anew, by how many arguments it has then."""


class Plan(NamedTuple):
    """One call to write anew with a zone."""

    call: ast.Call
    whole: ast.expr
    """The call, or with it the ``replace()`` that goes because it only gave the zone."""
    zone: str
    wanting: ast.ImportFrom | None
    """The import that has to bring ``timezone`` along."""
    is_naive: bool
    """Whether the zone is dropped again."""


def plan(fault: Fault, facts: FileFacts) -> Plan | None:
    """How a fault is mended; None where the call that makes the time is not at hand, or UTC cannot be written."""
    if fault.time is None:
        return None
    call, whole, zone = _maker(fault.time, facts)
    if not isinstance(call, ast.Call) or not _can_be_rewritten(call, facts):
        return None
    if not zone:
        utc = _utc(call, facts)
        return None if utc is None else Plan(call, call, *utc, fault.is_naive)
    is_replace = isinstance(whole, ast.Call) and isinstance(whole.func, ast.Attribute) and whole.func.value is call
    return Plan(call, whole if is_replace else call, zone, None, fault.is_naive)


def edits(plan: Plan, facts: FileFacts) -> list[Edit]:
    """A plan as replacements of text; comments between the arguments stay."""
    call = plan.call
    assert isinstance(call.func, ast.Attribute)
    found: list[Edit] = [] if plan.wanting is None else [_also_timezone(plan.wanting, facts)]
    base, place, end = facts.source(call.func.value), facts.span(call), facts.span(plan.whole)
    if call.args:
        found.append(Edit(facts.span(call.func), f"{base}.fromtimestamp"))
        given = facts.span(call.args[0])
        found.append(Edit(Span(given.end_line, given.end_column, given.end_line, given.end_column), f", {plan.zone}"))
    else:
        found.append(Edit(place, f"{base}.now({plan.zone})"))
    after = Span(place.end_line, place.end_column, end.end_line, end.end_column)
    found.append(Edit(after, ".replace(tzinfo=None)" if plan.is_naive else ""))
    return found


def _maker(time: ast.expr, facts: FileFacts) -> tuple[ast.expr, ast.expr, str]:
    """What a time is made by, what may be replaced with it, and the zone it is given afterwards, as written."""
    zone, whole = "", time
    while True:
        if isinstance(time, ast.BinOp):
            time = time.left
        elif isinstance(time, ast.Call) and isinstance(time.func, ast.Attribute) and time.func.attr == "replace":
            given = replaced_zone(time)
            if given is not None:
                zone = facts.source(given)
                alone = len(time.keywords) == 1 and not time.args
                whole = time if alone else time.func.value
            time = time.func.value
            whole = whole if zone else time
        else:
            return time, whole, zone


def _can_be_rewritten(call: ast.Call, facts: FileFacts) -> bool:
    made = facts.resolve(call.func) if isinstance(call.func, ast.Attribute) else None
    return (
        made in _ARGUMENTS
        and len(call.args) == _ARGUMENTS[made]
        and not call.keywords
        and not any(isinstance(a, ast.Starred) for a in call.args)
    )


def _utc(call: ast.Call, facts: FileFacts) -> tuple[str, ast.ImportFrom | None] | None:
    """How UTC is written at a call, and the import that has to bring ``timezone`` along, if any."""
    for name, origin in facts.imports.items():
        if origin in {"datetime.timezone", "datetime.UTC"} and _at_top(name, facts) and not shadowed(facts, call, name):
            return (f"{name}.utc" if origin == "datetime.timezone" else name), None
    base = call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(base, ast.Attribute):
        return f"{facts.source(base.value)}.timezone.utc", None
    node = next(
        (n for n in facts.tree.body if isinstance(n, ast.ImportFrom) and n.module == "datetime" and not n.level), None
    )
    if node is None or "timezone" in facts.imports or node.names[0].name == "*":
        return None
    taken = any(
        (isinstance(n, ast.Name) and n.id == "timezone")
        or (isinstance(n, ast.arg) and n.arg == "timezone")
        or (isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and n.name == "timezone")
        for n in facts.nodes
    )
    return None if taken else ("timezone.utc", node)


def _at_top(name: str, facts: FileFacts) -> bool:
    """Whether an import at module level binds a name."""
    return any(
        (a.asname or a.name) == name
        for n in facts.tree.body
        if isinstance(n, (ast.Import, ast.ImportFrom))
        for a in n.names
    )


def _also_timezone(node: ast.ImportFrom, facts: FileFacts) -> Edit:
    """``timezone`` among the names of an import, in its place if they are sorted."""
    before = [alias for alias in node.names if alias.name < "timezone"]
    last = before[-1] if before else node.names[-1]
    place = facts.span(last)
    apart = len({alias.lineno for alias in node.names}) == len(node.names) and last.lineno != node.lineno
    gap = "\n" + " " * last.col_offset if apart else " "
    return Edit(Span(place.end_line, place.end_column, place.end_line, place.end_column), f",{gap}timezone")
