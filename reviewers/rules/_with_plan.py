"""Where a ``with`` statement can take over a resource without changing what the code means."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewers.facts import walk, walk_scope
from reviewers.rules._resources import ARCHIVE, FILE, RESPONSE, SOCKET, Fate, fate, lent_to, mentions, scope_of

if TYPE_CHECKING:
    from reviewers.facts import FileFacts

MOST_LINES = 40
"""A fix that would move more lines than this is left to a person."""

_NAMES = {
    FILE: ("file", "handle", "source", "opened"),
    RESPONSE: ("response", "answer", "reply"),
    ARCHIVE: ("archive", "packed", "bundle"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The statement that opens, and how many after it in the same block move under the ``with``."""

    statement: ast.stmt
    call: ast.Call
    name: str
    moved: int
    """0 where the opening call is lifted out of ``statement``, which then stands under the ``with`` itself."""


def plan(call: ast.Call, kind: str, facts: FileFacts) -> Plan | None:
    """How the resource that a call opens can be closed by a ``with``; None where that is not plain."""
    statement = facts.statement(call)
    if statement is None or call.func.end_lineno != call.lineno or isinstance(scope_of(statement, facts), ast.ClassDef):
        return None
    block = _block(statement, facts)
    if not block or not _alone(statement, block, facts):
        return None
    if isinstance(statement, ast.Assign) and statement.value is call:
        return _around_uses(statement, call, kind, block, facts)
    return _around_itself(statement, call, kind, facts)


def _around_uses(
    statement: ast.Assign, call: ast.Call, kind: str, block: list[ast.stmt], facts: FileFacts
) -> Plan | None:
    target = statement.targets[0]
    if kind not in {*_NAMES, SOCKET} or not isinstance(target, ast.Name):
        return None
    stores = [
        n
        for n in walk(scope_of(statement, facts))
        if isinstance(n, ast.Name) and n.id == target.id and isinstance(n.ctx, ast.Store)
    ]
    uses = _uses(target.id, statement, kind, facts)
    if len(stores) != 1 or not uses or (kind == SOCKET and not _connects(uses, facts)):
        return None
    start = block.index(statement)
    last = start
    for use in uses:
        at = next((n for n in range(start + 1, len(block)) if use.lineno <= (block[n].end_lineno or 0)), None)
        if at is None or use.lineno < block[at].lineno or not any(node is use for node in walk(block[at])):
            return None
        last = max(last, at)
    moved = block[start + 1 : last + 1]
    if (
        _lines(moved[0], moved[-1]) > MOST_LINES
        or any(_yields(s) for s in moved)
        or not _alone(moved[-1], block, facts)
    ):
        return None
    return Plan(statement, call, target.id, len(moved))


def _connects(uses: list[ast.Name], facts: FileFacts) -> bool:
    """Whether a socket only talks to somebody: one that listens may be kept open to hold its port."""
    done = {getattr(facts.parent(use), "attr", "") for use in uses}
    return not done.isdisjoint({"connect", "connect_ex", "sendall", "sendto"}) and "listen" not in done


def _uses(name: str, statement: ast.stmt, kind: str, facts: FileFacts) -> list[ast.Name] | None:
    """Every mention of a resource and of what reads it lazily; None where one could outlive the ``with``."""
    found = mentions(name, statement, facts)
    if found is None:
        return None
    reach = list(found)
    for mention in found:
        if fate(mention, facts, kind) is Fate.USED:
            continue
        made = lent_to(mention, facts)
        holder = facts.parent(made) if made is not None else None
        if made is None or fate(made, facts, kind) is Fate.USED or isinstance(holder, ast.withitem):
            continue
        if (
            not isinstance(holder, ast.Assign)
            or not isinstance(holder.targets[0], ast.Name)
            or len(holder.targets) != 1
        ):
            return None
        readers = mentions(holder.targets[0].id, holder, facts)
        if readers is None or any(fate(reader, facts, kind) is not Fate.USED for reader in readers):
            return None
        reach += readers
    return reach


def _around_itself(statement: ast.stmt, call: ast.Call, kind: str, facts: FileFacts) -> Plan | None:
    if kind not in _NAMES or not isinstance(
        statement, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.For)
    ):
        return None
    if isinstance(statement, ast.Expr) and statement.value is call:
        return None
    if not _comes_first(call, statement, facts) or _yields(statement) or _lines(statement, statement) > MOST_LINES:
        return None
    if fate(call, facts, kind) is Fate.LENT:
        made = lent_to(call, facts)
        if made is None or fate(made, facts, kind) is not Fate.USED:
            return None
    name = next((name for name in _NAMES[kind] if _free(name, statement, facts)), None)
    return Plan(statement, call, name, 0) if name else None


def _comes_first(call: ast.Call, statement: ast.stmt, facts: FileFacts) -> bool:
    """Whether a statement always makes this call, and does nothing that counts before it."""
    below: ast.AST = call
    for above in facts.ancestors(call):
        if above is statement:
            if isinstance(statement, ast.For):
                return below is statement.iter
            return not isinstance(statement, ast.AugAssign) or isinstance(statement.target, ast.Name)
        if not _reached_first(below, above):
            return False
        below = above
    return False


def _reached_first(below: ast.AST, above: ast.AST) -> bool:
    if isinstance(above, ast.Call):
        if isinstance(above.func, ast.Name) and above.func.id in {"exec", "eval", "locals", "vars"}:
            return False
        before = [] if below is above.func else [above.func, *_until(below, [*above.args, *above.keywords])]
        return all(_inert(node) for node in before)
    if isinstance(above, (ast.Attribute, ast.keyword, ast.UnaryOp, ast.FormattedValue, ast.comprehension, ast.Starred)):
        return True
    if isinstance(above, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        first = above.generators[0]
        return (
            below is first
            and not first.is_async
            and not any(n is below for n in ast.walk(getattr(above, "elt", first.target)))
        )
    if isinstance(above, (ast.List, ast.Tuple, ast.Set)):
        return all(_inert(node) for node in _until(below, above.elts))
    if isinstance(above, ast.BinOp):
        return below is above.left or _inert(above.left)
    if isinstance(above, ast.Compare):
        return below is above.left or (below is above.comparators[0] and _inert(above.left))
    if isinstance(above, ast.Subscript):
        return below is above.value or _inert(above.value)
    if isinstance(above, ast.IfExp):
        return below is above.test
    return isinstance(above, ast.BoolOp) and below is above.values[0]


def _until(below: ast.AST, nodes: list[ast.AST] | list[ast.expr]) -> list[ast.AST]:
    before: list[ast.AST] = []
    for node in nodes:
        if node is below:
            break
        before.append(node)
    return before


def _inert(node: ast.AST) -> bool:
    """Whether evaluating a node early or late makes no difference."""
    if isinstance(node, (ast.Attribute, ast.keyword)):
        return _inert(node.value)
    return isinstance(node, (ast.Constant, ast.Name))


def _free(name: str, statement: ast.stmt, facts: FileFacts) -> bool:
    """Whether a name means nothing here, or only what other ``with`` statements beside this one call their own."""
    if name in facts.imports:
        return False
    for node in walk(facts.tree):
        if isinstance(node, ast.arg) and node.arg == name:
            return False
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name:
            return False
        if isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names:
            return False
        if isinstance(node, ast.Name) and node.id == name and not _owned_elsewhere(node, statement, facts):
            return False
    return True


def _owned_elsewhere(mention: ast.Name, statement: ast.stmt, facts: FileFacts) -> bool:
    for holder in facts.ancestors(mention):
        if isinstance(holder, (ast.With, ast.AsyncWith)):
            given = (item.optional_vars for item in holder.items)
            if any(isinstance(target, ast.Name) and target.id == mention.id for target in given):
                return not any(above is holder for above in facts.ancestors(statement))
    return False


def _block(statement: ast.stmt, facts: FileFacts) -> list[ast.stmt]:
    """The list of statements that a statement stands in."""
    holder = facts.parent(statement)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(holder, name, None)
        if isinstance(block, list) and any(one is statement for one in block):
            return block
    return []


def _alone(statement: ast.stmt, block: list[ast.stmt], facts: FileFacts) -> bool:
    """Whether a statement shares its lines with no other and with no header."""
    at = block.index(statement)
    holder = facts.parent(statement)
    if at and (block[at - 1].end_lineno or 0) >= statement.lineno:
        return False
    if at + 1 < len(block) and block[at + 1].lineno <= (statement.end_lineno or 0):
        return False
    return isinstance(holder, ast.Module) or getattr(holder, "lineno", 0) < statement.lineno


def _yields(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return False
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in walk_scope(statement))


def _lines(first: ast.stmt, last: ast.stmt) -> int:
    return (last.end_lineno or last.lineno) - first.lineno + 1
