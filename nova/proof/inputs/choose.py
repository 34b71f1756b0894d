"""What the plugin is told: which functions to catch, what values the code itself names, and what to run again."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.proof.changed import changed_lines, enclosing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.proof.inputs.records import Told

_MOST = 40
"""Plain values of each type that are taken from the code."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is looked at: calls of each function, inputs from each call, and seconds for all of one side.

    ``generated``: inputs made up from the annotations of each changed function.
    """

    calls: int = 3
    inputs: int = 160
    seconds: float = 60.0
    generated: int = 60


@dataclass(frozen=True, slots=True)
class Where:
    """The changed functions of one file by qualified name; ``module``: something outside of them changed too."""

    functions: tuple[str, ...]
    module: bool


def where(before: str, after: str) -> Where:
    """What of a file a change touches; a function within a function stands for both."""
    changed = changed_lines(before, after)
    names = {*enclosing(before, changed.old), *enclosing(after, changed.new)}
    outer = {name.split(".<locals>")[0] for name in names if name}
    return Where(tuple(sorted({name for name in names if name} | outer)), "" in names)


def settings(
    files: Mapping[str, tuple[str, str]], sources: Mapping[str, str], nonce: str, bounds: Bounds,
    plan: Mapping[str, Any] | None = None, *, again: bool = False, generating: tuple[str, str] = ("", ""),
) -> bytes:  # fmt: skip
    """The settings of the plugin. ``files``: path to the text before and after; ``plan``: see ``plan_of``.

    ``again``: what was told before is to be told with the arguments as source text. ``generating``: the code that
    makes inputs up, and the folder of Hypothesis.
    """
    told: dict[str, Any] = {}
    plain: list[object] = []
    names: dict[str, None] = {}
    for path, (before, after) in files.items():
        place = where(before, after)
        told[path] = {"functions": list(place.functions), "module": place.module}
        for text in (before, after):
            plain += _constants(text)
            names.update(dict.fromkeys(_names(text)))
    return json.dumps({
        "nonce": nonce, "files": told, "plain": _few(plain), "names": sorted(names), "calls": bounds.calls,
        "inputs": bounds.inputs, "seconds": bounds.seconds, "plan": plan, "again": again, "sources": dict(sources),
        "generating": {
            "text": generating[0], "lent": generating[1], "most": bounds.generated,
            "texts": [text for both in files.values() for text in both],
        },
    }).encode()  # fmt: skip


def _constants(text: str) -> list[object]:
    """Numbers and texts that code names, docstrings aside."""
    tree = ast.parse(text)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and id(node) not in docs
        and type(node.value) in {int, float, str}
        and (not isinstance(node.value, str) or 0 < len(node.value) <= 40)
    ]


def _few(values: Iterable[object]) -> list[object]:
    found: dict[tuple[str, object], object] = {}
    counts: dict[str, int] = {}
    for value in values:
        kind = type(value).__name__
        if (kind, value) not in found and counts.get(kind, 0) < _MOST:
            counts[kind] = counts.get(kind, 0) + 1
            found[kind, value] = value
    return list(found.values())


def _names(text: str) -> set[str]:
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name | ast.Attribute)
    }


def plan_of(told: Told, only: Iterable[tuple[str, str]] | None = None) -> dict[str, Any]:
    """What another run is to do again: all of it, or some inputs by record and key, with what shared their process."""
    wanted = None if only is None else set(only)
    plan: dict[str, Any] = {}
    for name, record in told.records.items():
        if wanted is None or any(name == one for one, _ in wanted):
            batches = [
                list(batch) for batch in record.batches if wanted is None or any((name, key) in wanted for key in batch)
            ]
            plan[name] = {"batches": batches, "callees": list(record.callees)}
    return plan
