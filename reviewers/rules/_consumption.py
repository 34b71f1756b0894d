"""How code takes the elements of what a name stands for: all of them, some, or none."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reviewers.facts import walk_scope
from reviewers.rules._flow import COMPREHENSIONS, bound_names, breaks, exits

if TYPE_CHECKING:
    from reviewers.facts import FileFacts

How = Literal["all", "some", "contains", "next", "glance", "passed", "lazy", "unknown"]

_EAGER = frozenset({
    "list", "tuple", "set", "frozenset", "sorted", "sum", "dict", "max", "min", "collections.Counter",
    "collections.deque", "collections.OrderedDict", "json.load", "yaml.load", "yaml.safe_load", "tomllib.load",
})  # fmt: skip
_EAGER_METHODS = frozenset({"join", "extend", "update", "writelines"})
_LAZY = frozenset({"map", "filter", "enumerate", "iter", "csv.reader", "csv.DictReader"})
_READS = frozenset({"read", "readlines"})


@dataclass(frozen=True, slots=True)
class Use:
    """One place where the name is read.

    ``all`` and ``some`` say how many elements are taken; ``contains`` is an ``in`` test, ``next`` a call of it;
    ``glance`` takes none, ``passed`` hands the whole thing to someone else.
    """

    name: ast.Name
    how: How


def uses_after(name: ast.Name, scope: ast.AST, facts: FileFacts) -> list[Use]:
    """How ``scope`` reads a name after it is bound there and before it is bound again, in source order.

    Nothing where other scopes may bind it too.
    """
    events: list[tuple[tuple[int, int], ast.Name]] = []
    for node in walk_scope(scope):
        if isinstance(node, (ast.Global, ast.Nonlocal)) and name.id in node.names:
            return []
        if isinstance(node, ast.Name) and node.id == name.id and not _is_comprehensions(node, scope, facts):
            events.append((_moment(node, facts), node))
    start = _moment(name, facts)
    found: list[Use] = []
    for moment, node in sorted(events, key=lambda event: event[0]):
        if node is name or moment < start:
            continue
        if not isinstance(node.ctx, ast.Load):
            break
        found.append(use_of(node, facts))
    return found


def use_of(name: ast.Name, facts: FileFacts) -> Use:
    """How a name that is read is used there, seen through what only passes elements on, like ``enumerate``."""
    node: ast.AST = name
    while True:
        holder = facts.parent(node)
        if isinstance(holder, ast.comprehension):
            maker = facts.parent(holder)
            how: How = "lazy" if isinstance(maker, ast.GeneratorExp) and holder.iter is node else "all"
            holder = maker
        elif isinstance(holder, ast.Call) and any(a is node for a in holder.args):
            how = _by_call(holder, node, facts)
        else:
            how = _by_place(holder, node, name, facts)
        if how != "lazy" or holder is None:
            return Use(name, how)
        node = holder


def _by_place(holder: ast.AST | None, node: ast.AST, name: ast.Name, facts: FileFacts) -> How:
    if isinstance(holder, (ast.For, ast.AsyncFor)) and holder.iter is node:
        return "some" if breaks(holder) or any(exits(s) for s in holder.body) else "all"
    if isinstance(holder, (ast.Starred, ast.YieldFrom)):
        return "all"
    if isinstance(holder, ast.Assign) and isinstance(holder.targets[0], (ast.Tuple, ast.List)):
        return "all"
    if isinstance(holder, ast.Compare):
        return "contains" if node is not holder.left and isinstance(holder.ops[-1], (ast.In, ast.NotIn)) else "glance"
    if isinstance(holder, ast.Attribute) and holder.attr in _READS:
        call = facts.parent(holder)
        return "all" if isinstance(call, ast.Call) and call.func is holder and not call.args else "unknown"
    if isinstance(holder, (ast.If, ast.IfExp)) and holder.test is node:
        return "glance"
    return "passed" if isinstance(holder, ast.Return) and node is name else "unknown"


def _by_call(call: ast.Call, node: ast.AST, facts: FileFacts) -> How:
    origin = facts.resolve(call.func) or ""
    if origin in _EAGER:
        return "all" if call.args[0] is node else "unknown"
    if origin in _LAZY:
        return "lazy"
    if origin in {"any", "all", "zip"}:
        return "some"
    if origin == "next":
        return "next"
    if origin in {"isinstance", "type", "id", "hasattr", "repr"}:
        return "glance"
    if isinstance(call.func, ast.Attribute) and call.func.attr in _EAGER_METHODS and len(call.args) == 1:
        return "all"
    return "unknown" if facts.is_test else "passed"


def _moment(name: ast.Name, facts: FileFacts) -> tuple[int, int]:
    """When a name takes effect: an assignment binds at its end, anything else where the name stands."""
    statement = facts.statement(name)
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and not isinstance(name.ctx, ast.Load):
        return statement.end_lineno or 0, statement.end_col_offset or 0
    return name.lineno, name.col_offset


def _is_comprehensions(name: ast.Name, scope: ast.AST, facts: FileFacts) -> bool:
    """Whether a comprehension between the name and its scope binds the name for itself."""
    for holder in facts.ancestors(name):
        if holder is scope:
            return False
        targets = [g.target for g in holder.generators] if isinstance(holder, COMPREHENSIONS) else []
        if any(n.id == name.id for target in targets for n in bound_names(target)):
            return True
    return False
