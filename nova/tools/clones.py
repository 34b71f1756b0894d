"""``clones``: functions whose bodies are the same, up to the names and literals in them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.tools import World
    from nova.tools._files import Files

LEAST = 6
"""Statements from which equal bodies are no accident."""
_OVERLOADS = frozenset({"overload", "abstractmethod", "abstractproperty"})


@dataclass(frozen=True, slots=True)
class _Body:
    path: str
    symbol: str
    line: int
    end_line: int
    statements: int
    leaves: tuple[str, ...]
    """The names and literals in order."""

    def holds(self, other: _Body) -> bool:
        return self.path == other.path and self.line <= other.line and other.end_line <= self.end_line


def work(_key: str, world: World, /, *, path: str = "", least: int = LEAST) -> dict[str, Any]:
    """Groups of equal functions of own code, those with the most lines to spare first."""
    from nova.tools._files import files_of
    from nova.tools._ground import place_of

    below = place_of(world, path)[1] if path else ""
    files = files_of(world)
    found = [g for g in clones(files, least) if not below or any(p["path"].startswith(below) for p in g["places"])]
    return {"groups": found, "files": len(files.own)}


def clones(files: Files, least: int = LEAST) -> list[dict[str, Any]]:
    """The same over files: pure."""
    from reviewers.digests import digest

    groups: dict[str, list[_Body]] = {}
    for path in files.own:
        tree = files.tree(path)
        for body, shape in _bodies(path, tree, least) if tree is not None else ():
            groups.setdefault(digest(shape), []).append(body)
    alike = [bodies for bodies in groups.values() if len(bodies) > 1]
    alike.sort(key=lambda bodies: (-bodies[0].statements, bodies[0].path, bodies[0].line))
    kept: list[list[_Body]] = []
    for bodies in alike:
        if not any(all(any(o.holds(b) for o in other) for b in bodies) for other in kept):
            kept.append(bodies)
    told = [_told(bodies) for bodies in kept]
    return sorted(told, key=lambda g: (-g["spare_lines"], g["places"][0]["path"], g["places"][0]["line"]))


def _bodies(path: str, tree: ast.Module, least: int) -> Iterator[tuple[_Body, str]]:
    stack: list[tuple[ast.AST, str]] = [(tree, "")]
    while stack:
        node, around = stack.pop()
        inside = around
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inside = f"{around}.{node.name}" if around else node.name
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not _declares(node):
            rest = _without_doc(node.body)
            count = sum(isinstance(n, ast.stmt) for s in rest for n in ast.walk(s))
            if count >= least:
                shape, leaves = _shape(node, rest)
                yield _Body(path, inside, node.lineno, node.end_lineno or node.lineno, count, leaves), shape
        stack += [(child, inside) for child in reversed(list(ast.iter_child_nodes(node)))]


def _declares(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(d).rpartition(".")[2] in _OVERLOADS for d in node.decorator_list)


def _without_doc(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_doc = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return list(body[1:] if is_doc else body)


def _shape(node: ast.FunctionDef | ast.AsyncFunctionDef, body: Sequence[ast.stmt]) -> tuple[str, tuple[str, ...]]:
    """The syntax with names numbered in the order in which they come and literals reduced to their type; and both."""
    numbers: dict[str, int] = {}
    leaves: list[str] = []
    out: list[str] = [type(node).__name__]

    def name(text: str) -> None:
        out.append(f"#{numbers.setdefault(text, len(numbers))}")
        leaves.append(text)

    stack: list[Any] = [*reversed(body), *([node.args])]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
        elif isinstance(item, ast.Constant):
            out.append(f"={type(item.value).__name__}")
            leaves.append(ast.unparse(item))
        elif isinstance(item, ast.Name):
            name(item.id)
        elif isinstance(item, ast.arg):
            name(item.arg)
        elif isinstance(item, ast.AST):
            out.append(type(item).__name__)
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                name(item.name)
            stack.append(")")
            for field, value in reversed(list(ast.iter_fields(item))):
                if field in {"ctx", "type_comment", "annotation", "returns", "type_params"} or (
                    field == "name" and isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
                ):
                    continue
                if isinstance(value, list):
                    stack += ["]", *reversed(value), "["]
                elif isinstance(value, ast.AST):
                    stack.append(value)
                elif value is not None:
                    stack.append(f".{value}")  # an attribute, a keyword, an imported name: part of what is done
    return " ".join(out), tuple(leaves)


def _told(bodies: Sequence[_Body]) -> dict[str, Any]:
    first = bodies[0]
    lines = first.end_line - first.line + 1
    differ = [(n, {b.leaves[n] for b in bodies}) for n in range(len(first.leaves))]
    pairs = dict.fromkeys(tuple(b.leaves[n] for b in bodies) for n, values in differ if len(values) > 1)
    return {
        "places": [
            {"path": b.path, "line": b.line, "end_line": b.end_line, "symbol": b.symbol} for b in bodies
        ],
        "statements": first.statements,
        "lines": lines,
        "spare_lines": sum(b.end_line - b.line + 1 for b in bodies[1:]),
        "exact": not pairs,
        "differences": [list(values) for values in list(pairs)[:5]],
        "different": len(pairs),
    }  # fmt: skip


TOOL = Tool("clones", "Groups of functions that are the same up to the names and literals in them.", work)
