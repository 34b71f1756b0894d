"""What a loop goes through, and what may be changed under it without harm."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewers.facts import walk_scope
from reviewers.rules._flow import CLOSURES, LOOPS, bound_names, names_stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewers.facts import FileFacts

_VIEWS = frozenset({"items", "keys", "values"})
_COPING = frozenset({"email", "gi", "lxml", "mutagen"})
"""Libraries whose containers are gone through by a copy of their own, or know the next element beforehand."""
_CONTAINERS = frozenset({"OrderedDict", "Counter", "UserDict", "UserList"})
_IDENTITY = re.compile(r"(?:^|_)(?:id|uid|uuid|guid|pk)$")


@dataclass(frozen=True, slots=True)
class Loop:
    """A ``for`` over a plain container: its dotted name, how it is gone through, and the names of one turn.

    ``view`` is ``range`` where the loop counts up to the container's length.
    """

    node: ast.For
    over: str
    view: str
    key: str
    own: frozenset[str]

    @property
    def is_dict(self) -> bool:
        """Whether it surely goes through a mapping."""
        return self.view in _VIEWS


def loop_of(node: ast.For, facts: FileFacts) -> Loop | None:
    """The loop, where it goes through something that has a name."""
    over, view = node.iter, ""
    if isinstance(over, ast.Call):
        func = over.func
        if isinstance(func, ast.Attribute) and func.attr in _VIEWS and not (over.args or over.keywords):
            over, view = func.value, func.attr
        elif isinstance(func, ast.Name) and func.id == "enumerate" and over.args:
            over, view = over.args[0], "enumerate"
        elif isinstance(func, ast.Name) and func.id == "range" and len(over.args) == 1:
            length = over.args[0]
            if isinstance(length, ast.Call) and facts.resolve(length.func) == "len" and len(length.args) == 1:
                over, view = length.args[0], "range"
    written = facts.dotted(over)
    if written is None or written == "self" or (written.endswith("environ") and facts.resolve(over) == "os.environ"):
        return None  # os.environ iterates over a copy of its own
    paired = view in {"items", "enumerate"} and isinstance(node.target, ast.Tuple)
    first = node.target.elts[0] if paired and isinstance(node.target, ast.Tuple) else node.target
    key = ast.unparse(first) if isinstance(first, (ast.Name, ast.Tuple)) and view != "values" else ""
    return Loop(node, written, view, key, frozenset(n.id for n in bound_names(node.target)))


def body_of(loop: Loop) -> Iterator[ast.AST]:
    """All that is run in a turn, closures aside."""
    for statement in loop.node.body:
        yield statement
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield from walk_scope(statement)


def called(call: ast.Call, loop: Loop, facts: FileFacts) -> str:
    """The method of the container that a call is for; empty for any other call."""
    func = call.func
    if isinstance(func, ast.Attribute) and facts.dotted(func.value) == loop.over:
        return func.attr
    return ""


def rebinds(loop: Loop, facts: FileFacts) -> bool:
    """Whether the body, or the loop's own target, gives the container's name or a part of it to something else."""
    parts = loop.over.split(".")
    prefixes = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return any(
        isinstance(node, (ast.Name, ast.Attribute))
        and not isinstance(node.ctx, ast.Load)
        and facts.dotted(node) in prefixes
        for node in (loop.node.target, *walk_scope(loop.node.target), *body_of(loop))
    )


def bears(loop: Loop, changes: list[ast.expr | ast.stmt], facts: FileFacts) -> bool:
    """Whether the container, or what the loop is for, bears being changed on the way."""
    return (
        _may_cope(loop, facts)
        or _is_made_of_class(loop, facts)
        or all(_finds_one(change, loop, facts) for change in changes)
        or _comes_back(loop, changes, facts)
    )


def _may_cope(loop: Loop, facts: FileFacts) -> bool:
    """Whether the container may be one of a library whose containers bear being changed under a loop."""
    if not any(origin.partition(".")[0] in _COPING for origin in facts.imports.values()):
        return False
    name = re.escape(loop.over.rpartition(".")[2])
    return not re.search(rf"\b{name}\s*(?::[^=\n]*)?=\s*(?:[\[{{]|(?:list|dict|set|defaultdict)\()", facts.text)


def _is_made_of_class(loop: Loop, facts: FileFacts) -> bool:
    """Whether all that the container's name is bound to here are objects of some class, which may iterate its own way."""
    scope = facts.function(loop.node) or facts.tree
    bound = [
        n.value
        for n in walk_scope(scope)
        if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id == loop.over for t in n.targets)
    ]
    return bool(bound) and all(_is_class_call(value, facts) for value in bound)


def _is_class_call(value: ast.expr, facts: FileFacts) -> bool:
    made = facts.resolve(value.func) if isinstance(value, ast.Call) else None
    name = (made or "").rpartition(".")[2].lstrip("_")
    return name == "as_completed" or (name[:1].isupper() and name not in _CONTAINERS)


def _finds_one(change: ast.AST, loop: Loop, facts: FileFacts) -> bool:
    """Whether a list gives up the one element of a certain identity: the rest is gone through for nothing, no more."""
    if loop.is_dict or (isinstance(change, ast.Call) and called(change, loop, facts) in {"add", "discard"}):
        return False
    for holder in facts.ancestors(change):
        if holder is loop.node:
            return False
        if isinstance(holder, ast.If):
            parts = holder.test.values if isinstance(holder.test, ast.BoolOp) else [holder.test]
            if any(_asks_identity(part, loop) for part in parts):
                return True
    return False


def _comes_back(loop: Loop, changes: list[ast.expr | ast.stmt], facts: FileFacts) -> bool:
    """Whether a ``while`` goes through the same list again and again: what is skipped now has its turn then."""
    around = next((a for a in facts.ancestors(loop.node) if isinstance(a, (*LOOPS, *CLOSURES))), None)
    if loop.is_dict or not isinstance(around, ast.While) or loop.over.partition(".")[0] in names_stored(around.body):
        return False
    return not any(isinstance(c, ast.Call) and called(c, loop, facts) in {"add", "discard"} for c in changes)


def _asks_identity(test: ast.expr, loop: Loop) -> bool:
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, test.comparators[0]]
    if any(isinstance(side, ast.Constant) for side in sides):
        return False
    return any(_IDENTITY.search(_last_name(s)) and _is_of_turn(s, loop) for s in sides)


def _last_name(node: ast.expr) -> str:
    """``id`` of ``x.id``, ``x["id"]`` and ``x.get("id")``."""
    if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        node = node.args[0]
    elif isinstance(node, ast.Subscript):
        node = node.slice
    if isinstance(node, ast.Constant):
        return str(node.value)
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_of_turn(node: ast.expr, loop: Loop) -> bool:
    return any(isinstance(n, ast.Name) and n.id in loop.own for n in ast.walk(node))
