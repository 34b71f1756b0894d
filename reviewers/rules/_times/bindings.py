"""What the names and attributes of a file are bound to: the values that a time may have come from."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from reviewers.facts import walk_scope
from reviewers.rules._flow import CLOSURES
from reviewers.rules._names import shadowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewers.facts import FileFacts

Value = ast.expr | None
"""What something is bound to; None where that cannot be told."""


def is_imported(node: ast.expr, facts: FileFacts) -> bool:
    """Whether a chain of names begins with what an import brought, and not with a function's own name."""
    head = (facts.dotted(node) or "").partition(".")[0]
    return head in facts.imports and not shadowed(facts, node, head)


class Bindings:
    """The values of a file's names and attributes, read off when they are first asked for."""

    def __init__(self, facts: FileFacts) -> None:
        self._facts = facts
        self._scopes: dict[ast.AST, dict[str, list[Value]]] = {}

    def of_name(self, name: ast.Name) -> list[Value]:
        """Everything that a name may be bound to where it stands.

        A name of the module that is bound more than once could be any of them at any time, so it is not known.
        """
        if name.id in self._rebound:
            return [None]
        for holder in self._facts.ancestors(name):
            if isinstance(holder, (*CLOSURES, ast.Module)):
                found = self._bound(holder).get(name.id)
                if found is not None:
                    return found if not isinstance(holder, ast.Module) or len(found) == 1 else [None]
        return [None]

    def of_attribute(self, node: ast.Attribute) -> list[Value]:
        """Everything that an attribute of this object is set to in the file, by whatever class."""
        owner = self._facts.class_of(node)
        stores = self._stores.get(node.attr, [])
        if owner is None or not any(self._facts.class_of(store) is owner for store, _ in stores):
            return [None]
        found = [value for _, value in stores]
        for statement in owner.body:
            for bound, value in _stored_below(statement):
                if bound == node.attr:
                    found.append(value)
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name == node.attr:
                found.append(None)
        return found

    @cached_property
    def _rebound(self) -> frozenset[str]:
        """The names that some function binds outside of itself."""
        declared = (n for n in self._facts.nodes if isinstance(n, (ast.Global, ast.Nonlocal)))
        return frozenset(each for n in declared for each in n.names)

    @cached_property
    def _stores(self) -> dict[str, list[tuple[ast.Attribute, Value]]]:
        found: dict[str, list[tuple[ast.Attribute, Value]]] = {}
        for node in self._facts.kinds.get(ast.Attribute, ()):
            if not isinstance(node.ctx, ast.Load):
                found.setdefault(node.attr, []).append((node, _value_for(self._facts.parent(node))))
        return found

    def _bound(self, scope: ast.AST) -> dict[str, list[Value]]:
        known = self._scopes.get(scope)
        if known is None:
            known = self._scopes[scope] = {}
            if isinstance(scope, CLOSURES):
                a = scope.args
                for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg):
                    if arg is not None:
                        known[arg.arg] = [None]
            for node in walk_scope(scope):
                for bound, value in _stored(node):
                    known.setdefault(bound, []).append(value)
        return known


def _stored_below(statement: ast.stmt) -> Iterator[tuple[str, Value]]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for node in walk_scope(statement):
        yield from _stored(node)


def _stored(node: ast.AST) -> Iterator[tuple[str, Value]]:
    """The names that a node binds itself, each with its value; ``+=`` leaves a time of the kind it was."""
    if isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            parent = getattr(node, "parent", None)
            if isinstance(parent, ast.AugAssign) and isinstance(parent.op, ast.Add):
                return
            yield node.id, _value_for(parent)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name, None
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name, None
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest, None
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name.partition(".")[0]), None


def _value_for(parent: ast.AST | None) -> Value:
    return parent.value if isinstance(parent, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) else None
