"""What stands over a node so that it may fail, or need not run: ``try``, ``raises``, ``patch``, ``if`` and the like."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_CALL_ERRORS = frozenset({"TypeError", "Exception", "BaseException"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WITHS = (ast.With, ast.AsyncWith)
_TRIES = (ast.Try, ast.TryStar)
_STANDING_OVER = frozenset({*_WITHS, *_TRIES, ast.Lambda})
_ENDS = frozenset({*_FUNCTIONS, ast.ClassDef, ast.Module})
_SILENCED = ("# type: ignore", "# pyright: ignore", "# pylint: disable")


def guard(node: ast.AST) -> str:
    """Under what an import stands, as the letter it is kept by; what may fail quietly goes before what may not run."""
    found = ""
    child, holder = node, node.parent  # type: ignore[attr-defined]
    while type(holder) is not ast.Module:
        if isinstance(holder, _TRIES) and _catches(holder, _IMPORT_ERRORS):
            return "t"
        if isinstance(holder, _WITHS) and any(_expects(i.context_expr, _IMPORT_ERRORS) for i in holder.items):
            return "t"
        if isinstance(holder, ast.If):
            typing = last_name(holder.test) == "TYPE_CHECKING"
            found = "c" if typing and child in holder.body and found != "i" else "i"
        elif isinstance(holder, (ast.For, ast.AsyncFor, ast.While, ast.Match)):
            found = "i"
        elif isinstance(holder, _FUNCTIONS):
            if any(_is_off(d) for d in holder.decorator_list):
                return "t"
            found = found or "f"
        child, holder = holder, holder.parent
    return found


def is_excused(node: ast.Call, lines: Sequence[str] = ()) -> bool:
    """Whether a call may be meant to go wrong, or may reach a stand-in for what it names."""
    for line in lines[node.lineno - 1 : node.end_lineno]:
        if any(mark in line for mark in _SILENCED):
            return True
    child: ast.AST = node
    holder: ast.AST = node.parent  # type: ignore[attr-defined]
    while True:
        kind = type(holder)
        if kind in _STANDING_OVER:
            over = _over(holder)
            if over and any(_expects(other, _CALL_ERRORS) or _patches(other) for other in over):
                return True
            if isinstance(holder, _TRIES) and child in holder.body and _catches(holder, _CALL_ERRORS):
                return True
        elif kind in _ENDS:
            return any(_patches(d) or _is_off(d) for d in getattr(holder, "decorator_list", ()))
        child, holder = holder, holder.parent  # type: ignore[attr-defined]


def _over(holder: ast.AST) -> Sequence[ast.AST]:
    """What a ``with`` enters, or what a lambda is handed to."""
    if isinstance(holder, _WITHS):
        return [i.context_expr for i in holder.items]
    return [holder.parent] if type(holder) is ast.Lambda else ()  # type: ignore[attr-defined]


def last_name(node: ast.AST) -> str:
    """The last name of a name or attribute chain; empty for anything else."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def _patches(node: ast.AST) -> bool:
    """Whether this is ``patch(...)``, ``mock.patch.object(...)`` or ``patch.dict(...)``."""
    if not isinstance(node, ast.Call):
        return False
    return "patch" in {last_name(node.func), last_name(getattr(node.func, "value", node))}


def _is_off(decorator: ast.AST) -> bool:
    """Whether a decorator says that a test is not run, or is known to fail."""
    return last_name(getattr(decorator, "func", decorator)).lower() in {"skip", "xfail", "expectedfailure"}


def _expects(node: ast.AST, errors: frozenset[str]) -> bool:
    """Whether this is ``pytest.raises(...)``, ``self.assertRaises(...)``, ``suppress(...)`` or the like for an error.

    What is given by a name that is no class's may be any error.
    """
    if not isinstance(node, ast.Call):
        return False
    name = last_name(node.func)
    if "raises" not in name.lower() and name != "suppress":
        return False
    kinds = node.args if name == "suppress" else node.args[:1]
    return not kinds or any(_is_one(k, errors) for kind in kinds for k in getattr(kind, "elts", [kind]))


def _is_one(node: ast.expr, errors: frozenset[str]) -> bool:
    name = last_name(node)
    return name in errors or not name[:1].isupper()


def _catches(node: ast.Try | ast.TryStar, errors: frozenset[str]) -> bool:
    for handler in node.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(k is None or last_name(k) in errors for k in kinds):
            return True
    return False
