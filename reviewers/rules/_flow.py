"""Where control goes: what several rules ask about loops and branches, read off the tree without running it."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from reviewers.facts import walk_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewers.facts import FileFacts

Loop = ast.For | ast.AsyncFor | ast.While
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
LOOPS = (ast.For, ast.AsyncFor, ast.While)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
BRANCHES = (ast.If, ast.IfExp, ast.BoolOp, ast.Match)
CLOSURES = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_ENDINGS = frozenset({"sys.exit", "os._exit", "exit", "quit"})


def block_of(statement: ast.AST) -> tuple[str, list[ast.AST]] | None:
    """The name and items of the block in which a statement, handler or case stands; None for the module."""
    holder = getattr(statement, "parent", None)
    for name in _BLOCKS if holder is not None else ():
        block = getattr(holder, name, None)
        if isinstance(block, list) and any(item is statement for item in block):
            return name, block
    return None


def exits(statement: ast.AST, *, breaks: bool = True) -> bool:
    """Whether a statement never lets control go on past it: return, raise, break, on every path.

    With ``breaks`` false a ``break`` does not count, for it only leaves a loop further in.
    """
    if isinstance(statement, (ast.Return, ast.Raise)):
        return True
    if isinstance(statement, ast.Break):
        return breaks
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call) and _name(statement.value.func) in _ENDINGS
    if isinstance(statement, ast.If):
        return _any_exits(statement.body, breaks=breaks) and _any_exits(statement.orelse, breaks=breaks)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return _any_exits(statement.body, breaks=breaks)
    if isinstance(statement, ast.Try):
        return _any_exits(statement.finalbody, breaks=breaks) or (
            _any_exits([*statement.body, *statement.orelse], breaks=breaks)
            and all(_any_exits(h.body, breaks=breaks) for h in statement.handlers)
        )
    return isinstance(statement, LOOPS) and _always_ends(statement) and _any_exits(statement.orelse, breaks=breaks)


def _always_ends(loop: Loop) -> bool:
    """Whether nothing but its own end leaves a loop, so that its ``else`` is sure to follow."""
    return not breaks(loop)


def leaves(node: ast.AST, loop: ast.AST, facts: FileFacts) -> bool:
    """Whether control, once past ``node`` inside ``loop``, leaves the loop before another turn, on every path."""
    current: ast.AST | None = facts.statement(node)
    inner = _is_further_in(current, loop) or isinstance(current, LOOPS)
    while current is not None and current is not loop:
        if exits(current, breaks=not inner) and not isinstance(current, (ast.If, ast.Try, ast.With, ast.AsyncWith)):
            return True
        holder = getattr(current, "parent", None)
        inner = _is_further_in(current, loop)
        placed = block_of(current)
        for following in _after(current, placed[1]) if placed else ():
            if isinstance(following, ast.Continue) and not inner:
                return False
            if exits(following, breaks=not inner) or (isinstance(current, LOOPS) and _may_exit(following)):
                return True
        current = holder
    return False


def _is_further_in(node: ast.AST | None, loop: ast.AST) -> bool:
    """Whether a ``break`` at a node would leave a loop inside ``loop``; one in an ``else`` leaves the loop around."""
    child = node
    for holder in _between(node, loop):
        if isinstance(holder, LOOPS) and not any(child is statement for statement in holder.orelse):
            return True
        child = holder
    return False


def parted(first: ast.AST, second: ast.AST) -> bool:
    """Whether two nodes stand in branches of which one run takes only one: if/else, cases, a try and its handlers."""
    ways = dict(_ways(first))
    for holder, way in _ways(second):
        other = ways.get(holder)
        if other is not None and other != way:
            return True
    return False


def breaks(loop: Loop) -> bool:
    """Whether a ``break`` of this very loop stands in it."""
    stack: list[ast.AST] = list(loop.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, LOOPS):
            stack.extend(node.orelse)
        elif not isinstance(node, (ast.expr, ast.ClassDef, *CLOSURES)):
            stack.extend(ast.iter_child_nodes(node))
    return False


def goes_on(first: ast.AST, second: ast.AST, facts: FileFacts) -> bool:
    """Whether control can come from ``first`` to the later ``second`` without a loop around both taking a turn."""
    above = set(map(id, facts.ancestors(second)))
    current: ast.AST | None = facts.statement(first)
    while current is not None and id(current) not in above:
        if isinstance(current, (ast.Return, ast.Raise)):
            return current is facts.statement(second)
        holder = getattr(current, "parent", None)
        within = any(isinstance(a, LOOPS) and id(a) not in above for a in (holder, *_between(holder, facts.tree)))
        placed = block_of(current)
        for following in _after(current, placed[1]) if placed and id(holder) not in above else ():
            if exits(following, breaks=not within) or (isinstance(following, ast.Continue) and not within):
                return False
        current = holder
    return True


def conditions(node: ast.AST, upto: ast.AST) -> Iterator[ast.AST]:
    """The branching holders between a node and ``upto``: what may keep the node from being reached."""
    child = node
    for holder in _between(node, upto):
        if isinstance(holder, (ast.If, ast.IfExp)) and child is not holder.test:
            yield holder
        elif isinstance(holder, (ast.Match, ast.ExceptHandler)) or type(holder).__name__ in {"Try", "TryStar"}:
            yield holder
        elif isinstance(holder, LOOPS) and child is not getattr(holder, "iter", None):
            yield holder
        elif isinstance(holder, ast.BoolOp) and child is not holder.values[0]:
            yield holder
        child = holder


def bound_names(node: ast.AST) -> Iterator[ast.Name]:
    """The plain names that an assignment target binds, through tuples, lists and stars."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, ast.Name):
            yield current
        elif isinstance(current, (ast.Tuple, ast.List)):
            stack.extend(current.elts)
        elif isinstance(current, ast.Starred):
            stack.append(current.value)


def is_builtin(name: str, facts: FileFacts) -> bool:
    """Whether a name means the builtin everywhere in this file: nothing here gives it to anything else."""
    return name not in times_bound(facts)


def times_bound(facts: FileFacts) -> Mapping[str, int]:
    """How often each name is bound anywhere in the file, as a variable, parameter, function, class or import."""
    known: Counter[str] | None = facts.__dict__.get("_times_bound")
    if known is None:
        kinds = facts.kinds
        stored = (n.id for n in kinds.get(ast.Name, ()) if type(n.ctx) is not ast.Load)
        known = facts.__dict__["_times_bound"] = Counter(stored)
        known.update(n.arg for n in kinds.get(ast.arg, ()))
        for kind in _BINDING:
            for node in kinds.get(kind, ()):
                if not (kind in CLOSURES and isinstance(facts.parent(node), ast.ClassDef)):
                    known.update(_binds(node))
    return known


def awaits_error(node: ast.AST, facts: FileFacts) -> bool:
    """Whether a node stands in ``with raises(...)`` or the like: a test that wants it to go wrong."""
    for holder in facts.ancestors(node):
        for item in holder.items if isinstance(holder, (ast.With, ast.AsyncWith)) else ():
            called = item.context_expr.func if isinstance(item.context_expr, ast.Call) else None
            if called is not None and "raises" in _name(called).lower():
                return True
    return False


def names_stored(body: list[ast.stmt]) -> dict[str, list[ast.AST]]:
    """What a block binds in its own scope: name to the nodes that bind it, in source order."""
    found: dict[str, list[ast.AST]] = {}
    for statement in body:
        for node in (statement, *(() if isinstance(statement, (*CLOSURES, ast.ClassDef)) else walk_scope(statement))):
            for name in _binds(node):
                found.setdefault(name, []).append(node)
    return found


_BINDING = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.ExceptHandler, ast.MatchAs,
    ast.MatchStar, ast.MatchMapping,
)  # fmt: skip


def _binds(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        if node.name:
            yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def _may_exit(statement: ast.AST) -> bool:
    """Whether a statement after a loop is the ``if found: break`` that takes an inner break further out."""
    return isinstance(statement, ast.If) and _any_exits(statement.body, breaks=True)


def _any_exits(body: list[ast.stmt], *, breaks: bool) -> bool:
    for statement in body:
        if isinstance(statement, ast.Continue):
            return False
        if exits(statement, breaks=breaks):
            return True
    return False


def _after(statement: ast.AST, block: list[ast.AST]) -> list[ast.AST]:
    where = next(i for i, item in enumerate(block) if item is statement)
    return block[where + 1 :] if isinstance(statement, ast.stmt) else []


def _between(node: ast.AST | None, upto: ast.AST) -> Iterator[ast.AST]:
    holder = getattr(node, "parent", None)
    while holder is not None and holder is not upto:
        yield holder
        holder = getattr(holder, "parent", None)


def _ways(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Each branching holder of a node, with the branch of it that the node stands in."""
    child, holder = node, getattr(node, "parent", None)
    while holder is not None:
        if isinstance(holder, (ast.If, ast.IfExp)) and child is not holder.test:
            inside = child in holder.body if isinstance(holder, ast.If) else child is holder.body
            yield holder, "body" if inside else "orelse"
        elif type(holder).__name__ in {"Match", "Try", "TryStar"}:
            placed = block_of(child)
            if placed and placed[0] in {"cases", "handlers"}:
                yield holder, f"{placed[0]} {placed[1].index(child)}"
            elif placed and placed[0] in {"body", "orelse"} and isinstance(holder, ast.Try):
                yield holder, "body"
        child, holder = holder, getattr(holder, "parent", None)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
