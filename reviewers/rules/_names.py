"""Which names a function binds itself: what several rules ask before they trust an import."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.facts import walk_scope

if TYPE_CHECKING:
    from reviewers.facts import FileFacts, Function


def bound(function: Function | ast.Lambda) -> frozenset[str]:
    """The names that a function binds in its own scope, imports left out, for those resolve through the file."""
    known: frozenset[str] | None = getattr(function, "_bound_names", None)
    if known is None:
        a = function.args
        found = {x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg) if x is not None}
        for node in walk_scope(function):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
                found.add(node.name)
            elif isinstance(node, (ast.Global, ast.Nonlocal)):
                found.update(node.names)
        known = frozenset(found)
        function._bound_names = known  # type: ignore[union-attr]
    return known


def shadowed(facts: FileFacts, node: ast.AST, name: str) -> bool:
    """Whether a function around a node binds the name, so that it is not the module's."""
    return any(
        name in bound(holder)
        for holder in facts.ancestors(node)
        if isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    )


def module_binds(facts: FileFacts, name: str) -> bool:
    """Whether the file itself gives the name a meaning at module level, other than by an import."""
    known: frozenset[str] | None = facts.__dict__.get("_module_names")
    if known is None:
        found: set[str] = set()
        for node in walk_scope(facts.tree):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(node.name)
        known = facts.__dict__["_module_names"] = frozenset(found)
    return name in known
