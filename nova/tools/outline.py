"""``outline``: the definitions of a Python file, with their lines and measures."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World
    from reviewers.facts import FileFacts


def work(_key: str, world: World, /, *, path: str) -> dict[str, Any]:
    """What a file defines and imports.

    Raises ``UsageError`` for what Python cannot parse.
    """
    from nova.tools._ground import place_of, text_of

    root, below = place_of(world, path)
    if not below.endswith((".py", ".pyw", ".pyi")):
        raise UsageError(f"{below or path} is no Python file", next_step="only Python files have an outline")
    return outline(below, text_of(root, below))


def outline(path: str, text: str) -> dict[str, Any]:
    """The same for a text: pure."""
    from reviewers.facts import FileFacts, link
    from reviewers.measures import DECIDING, measure

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise UsageError(f"{path} cannot be parsed", why=str(error)) from error
    facts = FileFacts(path, text, tree, nodes=link(tree))
    functions = facts.statements(ast.FunctionDef, ast.AsyncFunctionDef)
    deciding = [node for kind in DECIDING for node in facts.kinds.get(kind, ())]
    measures = {m.line: m for m in measure([(facts.symbol(node) or node.name, node) for node in functions], deciding)}
    defined = []
    for node in facts.statements(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        row: dict[str, Any] = {
            "symbol": facts.symbol(node),
            "kind": _kind(node, facts),
            "line": min([node.lineno, *(d.lineno for d in node.decorator_list)]),
            "def_line": node.lineno,
            "end_line": node.end_lineno or node.lineno,
            "signature": _signature(node),
            "decorators": [ast.unparse(d) for d in node.decorator_list],
            "doc": _first_sentence(ast.get_docstring(node)),
            "raises": _raised(node) if not isinstance(node, ast.ClassDef) else [],
        }
        m = None if isinstance(node, ast.ClassDef) else measures.get(node.lineno)
        if m is not None:
            row["measures"] = {
                "lines": m.length, "cyclomatic": m.cyclomatic, "cognitive": m.cognitive, "nesting": m.nesting,
                "parameters": m.parameters,
            }  # fmt: skip
        defined.append(row)
    return {
        "path": path,
        "lines": text.count("\n") + (not text.endswith("\n") and text != ""),
        "doc": _first_sentence(ast.get_docstring(tree)),
        "imports": sorted(set(facts.imports.values())),
        "definitions": defined,
    }


def _kind(node: ast.AST, facts: FileFacts) -> str:
    if isinstance(node, ast.ClassDef):
        return "class"
    word = "method" if isinstance(facts.parent(node), ast.ClassDef) else "function"
    return f"async {word}" if isinstance(node, ast.AsyncFunctionDef) else word


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    if isinstance(node, ast.ClassDef):
        bases = [*map(ast.unparse, node.bases), *(f"{k.arg or '**'}={ast.unparse(k.value)}" for k in node.keywords)]
        return f"class {node.name}({', '.join(bases)})" if bases else f"class {node.name}"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    return f"{word} {node.name}({ast.unparse(node.args)}){returns}"


def _raised(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[dict[str, Any]]:
    """What a function raises in its own body, by name, with the line."""
    from reviewers.facts import walk_scope

    found = []
    for inner in walk_scope(node):
        if isinstance(inner, ast.Raise) and inner.exc is not None:
            what = inner.exc
            while isinstance(what, (ast.Call, ast.Attribute)):  # such as ValueError("...").with_traceback(t)
                if isinstance(what, ast.Attribute) and not isinstance(what.value, ast.Call):
                    break
                what = what.func if isinstance(what, ast.Call) else what.value
            found.append({"what": ast.unparse(what), "line": inner.lineno})
    return found


def _first_sentence(doc: str | None) -> str:
    first = " ".join((doc or "").strip().partition("\n\n")[0].split())
    sentence, dot, _ = first.partition(". ")
    return f"{sentence}{dot.strip()}"[:300]


TOOL = Tool("outline", "The definitions of a Python file, with lines, signatures and measures.", work)
