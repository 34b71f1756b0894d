"""What each scope of one file binds, read off its linked nodes in one pass, and what a name leads to from there."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.guards import last_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.facts import FileFacts

_OPENERS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_COMPREHENSIONS = frozenset({ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp})
_BINDERS = (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping, ast.Global, ast.Nonlocal)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_NONE: frozenset[str] = frozenset()

LOCAL = "?"
"""The origin of a name that leads nowhere for certain: a variable, or a name that several things are bound to."""


class Scope:
    """A module, class, function, lambda or comprehension, and the names that it binds, by how."""

    __slots__ = (
        "_given", "conditional", "defined", "depth", "imported", "index", "named", "node", "outer", "parent", "shaky",
    )  # fmt: skip

    def __init__(self, node: ast.AST, parent: Scope | None, index: int = -1, *, conditional: bool = False) -> None:
        self.node = node
        self.parent = parent
        self.index = index
        """Which of the file's definitions this is, or stands in; -1 at module level."""
        self.depth: int = parent.depth + (type(parent.node) in _OPENERS) if parent else 0
        """How many definitions stand around it."""
        self.conditional = conditional
        """Whether this definition, or one around it, may not be what its name stands for."""
        self.imported: dict[str, str] = {}
        """Local name to dotted origin; the last one wins."""
        self.shaky: set[str] = set()
        """What several imports bind to different things."""
        self.defined: dict[str, int] = {}
        """How many definitions (overloads not counted) bind the name."""
        self.named: set[str] = set()
        """What is bound by any other means than a definition, an import or a parameter."""
        self.outer: frozenset[str] | set[str] = _NONE
        """What ``global`` and ``nonlocal`` declare."""
        self._given: frozenset[str] | None = None

    @property
    def given(self) -> frozenset[str]:
        """The parameters of a function or lambda, and the type parameters of any definition."""
        if self._given is None:
            found = {t.name for t in getattr(self.node, "type_params", ())}
            if isinstance(self.node, _FUNCTIONS):
                a = self.node.args
                found.update(x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg) if x)
            self._given = frozenset(found)
        return self._given

    def binds(self, name: str) -> bool:
        """Whether the name is this scope's own, by any means."""
        if name in self.outer:
            return False
        return name in self.named or name in self.imported or name in self.defined or name in self.given

    def bound_over(self, name: str) -> bool:
        """Whether something other than its one definition binds a name that is defined here."""
        return self.defined.get(name, 0) > 1 or name in self.named or name in self.imported


class Scopes:
    """All scopes of a file, and its nodes sorted by what they are to an interface."""

    def __init__(self, facts: FileFacts) -> None:
        self.facts = facts
        self.module = Scope(facts.tree, None)
        self._of: dict[ast.AST, Scope] = {facts.tree: self.module}
        self.definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = facts.statements(
            ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef
        )
        self.imports = facts.import_nodes
        self.calls: list[ast.Call] = facts.kinds.get(ast.Call, [])
        self.assigned: set[str] = set()
        """What attributes the file assigns to or deletes: ``self.name``, ``Class.name``, ``.name`` on anything else."""
        load = ast.Load
        for node in facts.kinds.get(ast.Attribute, ()):
            if type(node.ctx) is not load:
                self.assigned.add(f"{last_name(node.value)}.{node.attr}")
        self._open(self.definitions)
        for statement in self.imports:
            self._import(statement)
        for name in facts.kinds.get(ast.Name, ()):
            if type(name.ctx) is not load:
                self._home(name).named.add(name.id)
        for kind in _BINDERS:
            for binder in facts.kinds.get(kind, ()):
                self._bind(binder)
        yields = (n for kind in (ast.Yield, ast.YieldFrom) for n in facts.kinds.get(kind, ()))
        self.generators: set[ast.AST] = {self.runs_in(node).node for node in yields}

    def scope(self, node: ast.AST) -> Scope:
        """The scope that a definition opens."""
        return self._of[node]

    def all(self) -> Iterable[Scope]:
        """Every scope that is known, in no particular order."""
        return self._of.values()

    def written_in(self, node: ast.AST) -> Scope:
        """The scope of the definition that a node belongs to by its text: its decorators and defaults included."""
        while type(node) not in _OPENERS and type(node) is not ast.Module:
            node = node.parent  # type: ignore[attr-defined]
        return self._of[node]

    def around(self, node: ast.AST) -> Scope:
        """The nearest scope around a node, comprehensions left out; a definition's header runs outside of it."""
        child, holder = node, node.parent  # type: ignore[attr-defined]
        while True:
            kind = type(holder)
            if kind is ast.Module or (kind in _OPENERS and isinstance(child, ast.stmt)):
                return self._of[holder]
            if kind is ast.Lambda and child is holder.body:
                return self._lambda(holder)
            child, holder = holder, holder.parent

    def runs_in(self, node: ast.AST) -> Scope:
        """The nearest function or lambda in which a node runs, or the module's scope."""
        scope: Scope | None = self.around(node)
        while scope is not None and type(scope.node) is ast.ClassDef:
            scope = scope.parent
        return scope or self.module

    def _lambda(self, node: ast.Lambda) -> Scope:
        scope = self._of.get(node)
        if scope is None:
            parent = self.around(node)
            scope = self._of[node] = Scope(node, parent, parent.index)
        return scope

    def _open(self, definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]) -> None:
        for index, node in enumerate(definitions):
            home = self.around(node)
            conditional = home.conditional or node.parent is not home.node  # type: ignore[union-attr]
            self._of[node] = Scope(node, home, index, conditional=conditional)
            if not any(last_name(d) == "overload" for d in node.decorator_list):
                home.defined[node.name] = home.defined.get(node.name, 0) + 1

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        scope = self.around(node)
        base = "" if type(node) is ast.Import else self.facts.absolute(node)  # type: ignore[arg-type]
        for alias in node.names:
            if alias.name == "*":
                continue
            if type(node) is ast.Import:
                local = alias.asname or alias.name.partition(".")[0]
                origin = alias.name if alias.asname else local
            else:
                local = alias.asname or alias.name
                origin = f"{base}.{alias.name}" if base else alias.name
            if scope.imported.setdefault(local, origin) != origin:
                scope.shaky.add(local)
                scope.imported[local] = origin

    def _bind(self, node: ast.AST) -> None:
        scope = self.around(node)
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            if scope is not self.module:
                scope.outer = {*scope.outer, *node.names}
            if isinstance(node, ast.Global):
                self.module.named.update(node.names)
        else:
            name = node.rest if isinstance(node, ast.MatchMapping) else node.name  # type: ignore[attr-defined]
            if name:
                scope.named.add(name)

    def _home(self, node: ast.Name) -> Scope:
        """The scope that a name is bound in: a comprehension keeps its targets, and lets go of a walrus's."""
        child: ast.AST = node
        holder: ast.AST = node.parent  # type: ignore[attr-defined]
        walrus = type(holder) is ast.NamedExpr
        while True:
            kind = type(holder)
            if kind is ast.Module or (kind in _OPENERS and isinstance(child, ast.stmt)):
                return self._of[holder]
            if kind is ast.comprehension and not walrus:
                opener: ast.AST = holder.parent  # type: ignore[attr-defined]
                scope = self._of.get(opener)
                if scope is None:
                    parent = self.around(opener)
                    scope = self._of[opener] = Scope(opener, parent, parent.index)
                return scope
            if kind is ast.Lambda:
                return self._lambda(holder)  # type: ignore[arg-type]
            child, holder = holder, holder.parent  # type: ignore[attr-defined]

    def owner(self, name: str, node: ast.AST) -> Scope | None:
        """The scope whose binding of the name is seen from the node; None for a built-in name, or none at all."""
        child, holder = node, node.parent  # type: ignore[attr-defined]
        in_function = False
        while True:
            kind = type(holder)
            scope = None
            if kind is ast.Module:
                return self.module if self.module.binds(name) else None
            if kind in _OPENERS:
                if isinstance(child, ast.stmt) and not (kind is ast.ClassDef and in_function):
                    scope = self._of[holder]
                    in_function = in_function or kind is not ast.ClassDef
            elif kind is ast.Lambda:
                if child is holder.body:
                    scope = self._lambda(holder)
                    in_function = True
            elif kind in _COMPREHENSIONS:
                scope = self._of.get(holder)
            if scope is not None and scope.binds(name):
                return scope
            child, holder = holder, holder.parent

    def origin(self, name: str, node: ast.AST) -> str:
        """What a name leads to from a node: an import's dotted origin; ``LOCAL``; or the name itself.

        The name itself stands for a built-in, and for what the module or the very class around defines.
        """
        scope = self.owner(name, node)
        if scope is None:
            return name
        if name in scope.imported:
            certain = name not in scope.shaky and name not in scope.named and name not in scope.defined
            return scope.imported[name] if certain else LOCAL
        kept = scope is self.module or type(scope.node) is ast.ClassDef
        return name if kept and name in scope.defined and name not in scope.named else LOCAL
