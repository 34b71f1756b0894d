"""``callers``: who in the project calls a function or names a class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World
    from nova.tools._files import Files
    from reviewers.facts import FileFacts

MOST = 100


def work(_key: str, world: World, /, *, path: str, symbol: str) -> dict[str, Any]:
    """The places that call (or, of a class, name) the definition ``symbol`` of a file.

    ``certain`` ones are told by imports or stand in the same file or class; the others only use the same name.
    """
    from nova.tools._files import files_of
    from nova.tools._ground import place_of

    _, below = place_of(world, path)
    return callers(files_of(world), below, symbol)


def callers(files: Files, path: str, symbol: str) -> dict[str, Any]:
    """The same over files: pure."""
    from reviewers.facts import FileFacts, link
    from reviewers.paths import is_test_path

    name = symbol.rpartition(".")[2]
    module = files.modules.get(path, "")
    full = f"{module}.{symbol}" if module else symbol
    found: list[dict[str, Any]] = []
    namesakes = -1
    for other in files.naming(name):
        tree = files.tree(other)
        if tree is None:
            continue
        facts = FileFacts(other, files.texts[other], tree, files.modules.get(other), nodes=link(tree))
        defined = facts.statements(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        namesakes += sum(d.name == name for d in defined)
        for node in facts.kinds.get(ast.Call, ()):
            certain = _means(node.func, name, full, symbol, path, facts)
            if certain is not None:
                found.append({
                    "path": other, "line": node.lineno, "symbol": facts.symbol(node), "certain": certain,
                    "test": is_test_path(other),
                })  # fmt: skip
    found.sort(key=lambda c: (not c["certain"], c["test"], c["path"], c["line"]))
    return {
        "path": path,
        "symbol": symbol,
        "callers": found[:MOST],
        "of": len(found),
        "certain": sum(c["certain"] for c in found),
        "namesakes": max(namesakes, 0),
    }


def _means(node: ast.expr, name: str, full: str, symbol: str, path: str, facts: FileFacts) -> bool | None:
    """Whether a callee surely means the definition; None where it does not even have its name."""
    if isinstance(node, ast.Name):
        resolved = facts.resolve(node)
        if node.id == name or resolved == full:
            return resolved == full or (facts.path == path and "." not in symbol)
        return None
    if not isinstance(node, ast.Attribute) or node.attr != name:
        return None
    if facts.resolve(node) == full:
        return True
    holder = symbol.rpartition(".")[0]
    if holder and facts.path == path and isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
        home = facts.class_of(node)
        return home is not None and facts.symbol(home) == holder
    return False


TOOL = Tool("callers", "The places of the project that call a function, told apart by how sure that is.", work)
