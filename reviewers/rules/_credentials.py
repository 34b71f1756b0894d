"""Where a credential is written in code: by its shape, or by the name that a random text is bound to."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from reviewers.digests import digest
from reviewers.paths import kind_of_path
from reviewers.rule import Hit
from reviewers.rules._secrets import (
    Secret,
    is_of_application,
    is_random,
    is_secret_name,
    may_be_digest,
    shaped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewers.facts import FileFacts

_SHORTEST = 20
_ASIDE = frozenset({"test", "documentation", "an example", "a migration"})
"""Kinds of path where a random text bound to such a name is made up for the occasion."""
_FIXTURES = frozenset({"e2e", "fixtures", "integration", "t", "test_data", "testdata", "unit"})
_OF_OTHERS = frozenset({"crawlers", "extractor", "extractors", "scraper", "scrapers"})
"""Folders of code that reads other people's pages, with the keys that stand there for all to see."""
_TESTING = re.compile(r"^_*[Tt]est|Tests?$|(?:^|_)tests?(?:_|$)|[Bb]ench")
_MADE_UP = re.compile(r"(?i)#.*\b(?:dummy|example|fake|made[ -]up|not (?:a )?real|placeholder|sample)\b")
_DEFAULT_AT = {"get": 1, "getenv": 1, "setdefault": 1, "pop": 1}
"""Calls that look a name up, and which argument says what it is where it is not there."""


def may_be_one(value: object) -> bool:
    """Whether a constant is text, and long enough: quick to ask of every constant there is."""
    return type(value) is str and len(value) >= 12


def secret_at(node: ast.Constant, facts: FileFacts) -> Secret | None:
    """The credential that a constant is; None for anything else."""
    value = node.value
    if not isinstance(value, str) or not may_be_one(value):
        return None
    found = next(_known(value, node, facts), None)
    if found is None:
        name = _name(node, facts)
        if name is None or not is_secret_name(name) or not is_random(value) or may_be_digest(name, value):
            return None
        if _is_aside(facts.path) or _is_in_test(node, facts):
            return None
        found = Secret(f"the value of {name}", value, is_of_application(name))
    if _MADE_UP.search(facts.lines[(node.end_lineno or node.lineno) - 1]):
        return None
    return None if not _OF_OTHERS.isdisjoint(facts.path.split("/")[:-1]) else found


def told(node: ast.Constant, found: Secret) -> Hit:
    """The hit for a credential; what is told of it lets nobody use it."""
    shown = f"it begins with {found.value[:4]!r} and has {len(found.value)} characters"
    return Hit(
        node,
        f"{found.kind} is written in the code: {shown}; revoke it and read it from the environment",
        syntax=f"{found.kind} {digest(found.value)}",
    )


def _known(value: str, node: ast.Constant, facts: FileFacts) -> Iterator[Secret]:
    if len(value) < _SHORTEST or isinstance(facts.parent(node), ast.Expr):
        return
    yield from shaped(value, lambda: _is_aside(facts.path))


def _is_aside(path: str) -> bool:
    folders = path.split("/")[:-1]
    named = path.rpartition("/")[2].startswith(("example_", "sample_", "demo_"))
    return named or kind_of_path(path) in _ASIDE or any(f in _FIXTURES or _TESTING.search(f) for f in folders)


def _is_in_test(node: ast.AST, facts: FileFacts) -> bool:
    """Whether a function or class around says by its name that it tests or measures something."""
    return any(
        isinstance(a, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and _TESTING.search(a.name)
        for a in facts.ancestors(node)
    )


def _name(node: ast.Constant, facts: FileFacts) -> str | None:
    """What a constant is bound to: the target of its assignment, a keyword, a key, or a parameter."""
    holder = facts.parent(node)
    if isinstance(holder, ast.Assign) and holder.value is node:
        return _target(holder.targets[-1])
    if isinstance(holder, ast.AnnAssign) and holder.value is node:
        return _target(holder.target)
    if isinstance(holder, ast.keyword):
        call = facts.parent(holder)
        is_default = holder.arg == "default" and isinstance(call, ast.Call) and call.args
        return _text(call.args[0]) if is_default and isinstance(call, ast.Call) else holder.arg
    if isinstance(holder, ast.Call) and isinstance(holder.func, (ast.Attribute, ast.Name)):
        at = _DEFAULT_AT.get(holder.func.attr if isinstance(holder.func, ast.Attribute) else holder.func.id)
        return _text(holder.args[0]) if at and len(holder.args) > at and holder.args[at] is node else None
    if isinstance(holder, ast.BoolOp) and isinstance(holder.op, ast.Or):
        outer = facts.parent(holder)
        return _target(outer.targets[-1]) if isinstance(outer, ast.Assign) else None
    if isinstance(holder, ast.Dict):
        return next((_text(k) for k, v in zip(holder.keys, holder.values, strict=True) if v is node), None)
    if isinstance(holder, ast.arguments):
        return _parameter(holder, node)
    if isinstance(holder, ast.Compare) and isinstance(holder.ops[0], (ast.Eq, ast.NotEq)):
        return _target(holder.left if holder.left is not node else holder.comparators[0])
    return None


def _parameter(arguments: ast.arguments, default: ast.Constant) -> str | None:
    ordered = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(ordered), reversed(arguments.defaults), strict=False)]
    pairs += [(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None]
    return next((a.arg for a, d in pairs if d is default), None)


def _target(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return _text(node.slice) if isinstance(node, ast.Subscript) else None


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
