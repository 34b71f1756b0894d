"""``defined``: where a name is defined in the project."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World
    from nova.tools._files import Files

MOST = 50


def work(_key: str, world: World, /, *, name: str) -> dict[str, Any]:
    """The functions, classes and modules that a name may mean: ``send``, ``Cart.send``, ``shop.cart.Cart.send``."""
    from nova.tools._files import files_of

    return defined(files_of(world), name)


def defined(files: Files, name: str) -> dict[str, Any]:
    """The same over files, own code before tests: pure."""
    from reviewers.facts import FileFacts, link
    from reviewers.paths import kind_of_path

    last = name.rpartition(".")[2]
    found: list[dict[str, Any]] = []
    for path in files.naming(last):
        module, tree = files.modules.get(path, ""), files.tree(path)
        if tree is None:
            continue
        facts = FileFacts(path, files.texts[path], tree, module, nodes=link(tree))
        for node in facts.statements(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
            symbol = facts.symbol(node) or ""
            if node.name == last and _fits(name, symbol, module):
                found.append({
                    "path": path, "line": node.lineno, "end_line": node.end_lineno, "symbol": symbol,
                    "aside": kind_of_path(path),
                })  # fmt: skip
    modules = [path for path, module in files.modules.items() if path in files.texts and _fits(name, module, "")]
    found.sort(key=lambda d: (bool(d["aside"]), d["path"], d["line"]))
    return {"name": name, "definitions": found[:MOST], "of": len(found), "modules": sorted(modules)[:MOST]}


def _fits(name: str, symbol: str, module: str) -> bool:
    """Whether a name, with or without what stands before its dots, means a symbol of a module."""
    full = f"{module}.{symbol}" if module else symbol
    return full == name or full.endswith(f".{name}")


TOOL = Tool("defined", "Where a function, class or module of that name is defined in the project.", work)
