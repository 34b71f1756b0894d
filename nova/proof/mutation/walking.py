"""Which nodes of a tree are changed at all, and in which of them a mutant is a weak one. Pure.

Left out, because no run of tests can tell: annotations, docstrings, what only type checkers read, and what stands
inside of an f-string (that is changed as a whole). Of a call that logs or prints only the whole statement is left out:
what it says is seldom looked at, and whoever looks at it misses it. What the text of an exception or of an assertion
says is weak: suites look at the type, and at the text hardly ever.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TELLING = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print", "secho", "echo"}
)


def walk(node: ast.AST, weak: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    """Each node in the order of the text, with the message that it is part of, if any."""
    yield node, weak
    if isinstance(node, ast.JoinedStr) or _is_telling(node):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    messages = _messages(node)
    for name, child in _children(node):
        if name in {"annotation", "returns", "type_params"} or (name == "body" and _is_for_types(node)):
            continue
        if isinstance(node, ast.Raise) and isinstance(child, ast.Call):
            yield child, weak
            for part in [*child.args, *child.keywords]:
                yield from walk(part, part)
        else:
            yield from walk(child, child if child in messages else weak)


def _messages(node: ast.AST) -> list[ast.AST]:
    return [node.msg] if isinstance(node, ast.Assert) and node.msg is not None else []


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                yield name, item


def _is_for_types(node: ast.AST) -> bool:
    if not isinstance(node, ast.If):
        return False
    test = node.test
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _is_telling(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    return (called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")) in _TELLING
