"""Where a program reads the text of source files: there, equal code does not mean an equal program. Pure."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from reviewers.text import Undecodable, decoded, unified

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLS = frozenset({"getsource", "getsourcelines", "getcomments", "findsource", "getblock", "get_source"})
"""Of ``inspect`` and of loaders, by whatever name these are imported."""
_MODULES = frozenset({"linecache", "doctest"})
_COMPILED = frozenset({"torch.jit.script", "torch.jit.ignore", "torch.compile", "triton.jit", "tf.function",
                       "tensorflow.function", "ti.kernel", "ti.func", "taichi.kernel", "taichi.func"})  # fmt: skip
"""Decorators that read the source of what they decorate."""
_LINES = frozenset({"f_lineno", "co_firstlineno", "__firstlineno__", "tb_lineno", "co_lines", "co_positions"})
"""Numbers of lines: they move with the text."""
_WORDS = re.compile(
    r"\b(?:getsource|getsourcelines|getcomments|findsource|getblock|get_source|linecache|doctest|__file__|f_lineno"
    r"|co_firstlineno|__firstlineno__|tb_lineno|co_lines|co_positions|torch|triton|tensorflow|tf|taichi|ti)\b"
)
_READS = frozenset({"read_text", "read_bytes", "open"})


def readings(data: bytes) -> list[tuple[int, str]]:
    """Line and name of each place in a file that reads source text, or asks for line numbers."""
    try:
        text = unified(decoded(data))
    except Undecodable:
        return []
    if not _WORDS.search(text):
        return []
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # only another Python reads it: then every word that may read source text counts
        return [(text.count("\n", 0, m.start()) + 1, m[0]) for m in _WORDS.finditer(text)]
    return sorted(set(_found(tree)))


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _CALLS | _LINES:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name) and node.id in _CALLS | _MODULES | _LINES:
            yield node.lineno, node.id
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name in _MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, a.name) for a in node.names if a.name in _CALLS or node.module in _MODULES)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for decorator in node.decorator_list:
                name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
                if name in _COMPILED:
                    yield decorator.lineno, f"@{name}"
        elif isinstance(node, ast.Call) and _opens_itself(node):
            yield node.lineno, "open(__file__)"


def _opens_itself(call: ast.Call) -> bool:
    """Whether a call reads the very file: not one that is found beside it by its folder."""
    function = call.func
    if isinstance(function, ast.Name) and function.id == "open":
        return bool(call.args) and _is_itself(call.args[0])
    if not isinstance(function, ast.Attribute) or function.attr not in _READS:
        return False
    return _is_itself(function.value) or (bool(call.args) and _is_itself(call.args[0]))


def _is_itself(node: ast.expr) -> bool:
    """``__file__``, ``Path(__file__)``, ``Path(__file__).resolve()``, ``os.path.abspath(__file__)``."""
    if isinstance(node, ast.Name):
        return node.id == "__file__"
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.rpartition(".")[2] in {"Path", "PurePath", "abspath", "realpath", "fspath", "str"} and node.args:
            return _is_itself(node.args[0])
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"resolve", "absolute"}:
            return _is_itself(node.func.value)
    return False
