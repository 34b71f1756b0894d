"""What a declaration holds, and what the place of an edit tells of the names in it."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Function = ast.FunctionDef | ast.AsyncFunctionDef

LOOKING = frozenset({"locals", "vars", "eval", "exec", "dir", "globals", "_getframe", "f_locals", "super", "__class__"})
"""Names by which code looks at the names around it, or is tied to the function that it stands in."""
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BUILTIN = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Block:
    """Statements that stand for the one that is mended, and for so many ``before`` and ``behind`` it."""

    made: list[ast.stmt]
    before: int = 0
    behind: int = 0


Made = ast.expr | Block
"""What stands there after an edit: an expression for an expression, statements for a statement."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The conditions of the fixes of one code, in words, and the edit that is made where they hold.

    ``edits`` is called with each node of ``kinds`` in the lines of the finding; it yields what may stand there then.
    """

    code: str
    words: tuple[str, ...]
    kinds: tuple[type[ast.AST], ...]
    edits: Callable[[ast.AST, Place], Iterator[Made]]


class Place:
    """A tree, and where one node stands in it."""

    def __init__(self, tree: ast.Module, node: ast.AST) -> None:
        self.tree = tree
        self.node = node
        self.parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}

    def above(self) -> Iterator[ast.AST]:
        """What holds the node, innermost first."""
        found = self.parents.get(self.node)
        while found is not None:
            yield found
            found = self.parents.get(found)

    @cached_property
    def function(self) -> Function | None:
        """The function whose own names the node's are; None in a module, class, lambda or comprehension."""
        for holder in self.above():
            if isinstance(holder, ast.FunctionDef | ast.AsyncFunctionDef):
                return holder
            if isinstance(holder, (ast.ClassDef, *SCOPES)):
                return None
        return None

    def block(self) -> tuple[list[ast.stmt], int]:
        """The statements that the node is one of, and its index there; an empty list where it is none."""
        parent = self.parents.get(self.node)
        for name in ("body", "orelse", "finalbody"):
            found = getattr(parent, name, None)
            if isinstance(found, list) and any(one is self.node for one in found):
                return found, next(n for n, one in enumerate(found) if one is self.node)
        return [], 0

    def in_try(self) -> bool:
        """Whether a ``try`` or ``with`` of the function stands around it, which may look at what is left behind."""
        for holder in self.above():
            if holder is self.function:
                return False
            if isinstance(holder, ast.Try | ast.TryStar | ast.With | ast.AsyncWith):
                return True
        return False

    def is_builtin(self, *names: str) -> bool:
        """Whether names mean Python's own: nothing in the file binds them, and no star import can."""
        return all(name in _BUILTIN and name not in self.bound for name in names) and "*" not in self.bound

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that anything in the file binds; ``*`` where a star import binds unknown ones."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif isinstance(node, ast.alias):
                found.add((node.asname or node.name).partition(".")[0])
            elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
                found.add(node.name)
            elif isinstance(node, ast.MatchMapping) and node.rest:
                found.add(node.rest)
            elif isinstance(node, ast.Global | ast.Nonlocal):
                found.update(node.names)
            elif type(node).__name__ in {"TypeVar", "ParamSpec", "TypeVarTuple"}:
                found.add(str(getattr(node, "name", "")))
        return frozenset(found)

    def is_own(self, name: str) -> bool:
        """Whether a name is a variable of the function alone.

        It is not its parameter, not declared global or nonlocal, no inner function or class sees it, and nothing in the
        function looks at names as such.
        """
        function = self.function
        if function is None or name in parameters(function):
            return False
        for node in ast.walk(function):
            if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
                return False
            if isinstance(node, ast.Name) and node.id in LOOKING:
                return False
            if isinstance(node, ast.Attribute) and node.attr in LOOKING:
                return False
            if isinstance(node, (ast.ClassDef, *SCOPES)) and node is not function and name in names_in([node]):
                return False
        return True

    def uses(self, name: str) -> list[ast.AST]:
        """Every node of the function that speaks of a name."""
        function = self.function
        assert function is not None
        return [node for node in ast.walk(function) if _speaks_of(node, name)]

    def is_dict(self, node: ast.expr) -> bool:
        """Whether an expression is a dictionary and no subclass: a display, or a variable that is nothing else."""
        if isinstance(node, ast.Dict | ast.DictComp):
            return True
        function = self.function
        if not isinstance(node, ast.Name) or function is None or any(map(_suspends_names, ast.walk(function))):
            return False
        stores = [n for n in self.uses(node.id) if not (isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))]
        if function.args.kwarg is not None and function.args.kwarg.arg == node.id:
            return len(stores) == 1
        if node.id in parameters(function) or not stores:
            return False
        return all(self._binds_dict(store) for store in stores)

    def _binds_dict(self, store: ast.AST) -> bool:
        parent = self.parents.get(store)
        if isinstance(parent, ast.Assign) and any(store is one for one in parent.targets):
            return isinstance(parent.value, ast.Dict | ast.DictComp)
        return isinstance(parent, ast.AnnAssign) and isinstance(parent.value, ast.Dict | ast.DictComp)


def _suspends_names(node: ast.AST) -> bool:
    """Whether code of other scopes may bind the function's names."""
    return isinstance(node, ast.Global | ast.Nonlocal)


def _speaks_of(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name
    if isinstance(node, ast.Global | ast.Nonlocal):
        return name in node.names
    if isinstance(node, ast.alias):
        return (node.asname or node.name).partition(".")[0] == name
    held = getattr(node, "arg", None) if isinstance(node, ast.arg) else getattr(node, "name", None)
    return held == name or getattr(node, "rest", None) == name


def parameters(function: Function) -> frozenset[str]:
    """The names of a function's parameters."""
    a = function.args
    return frozenset(x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg) if x)


def names_in(nodes: Sequence[ast.AST]) -> frozenset[str]:
    """The names that some code mentions."""
    return frozenset(n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name))


def same(one: ast.AST | None, other: ast.AST | None) -> bool:
    """Whether two nodes have the same syntax, whether they are read or bound aside."""
    if one is None or other is None:
        return one is other
    return _plain(one) == _plain(other)


def _plain(node: ast.AST) -> str:
    return ast.dump(node).replace("ctx=Store()", "ctx=Load()")


def called(node: ast.AST, *names: str) -> ast.Call | None:
    """The node, where it is a call of one of the names."""
    return node if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names else None


def is_still(node: ast.expr) -> bool:
    """Whether evaluating it runs no code of any object: names, constants, ``is``, ``lambda``."""
    if isinstance(node, ast.Name | ast.Constant | ast.Lambda):
        return True
    if isinstance(node, ast.Compare):
        return all(isinstance(o, ast.Is | ast.IsNot) for o in node.ops) and all(
            is_still(side) for side in (node.left, *node.comparators)
        )
    return isinstance(node, ast.Tuple) and all(is_still(item) for item in node.elts)
