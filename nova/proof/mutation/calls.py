"""Operators on calls: an argument left out, two exchanged, and functions and methods that are taken for one another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from nova.proof.mutation.draft import Draft
from nova.proof.mutation.values import exchanged, is_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.mutation.draft import Source

_FUNCTIONS = {
    "any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "reversed": "list",
    "floor": "ceil", "ceil": "floor", "abs": "int", "round": "int",
}  # fmt: skip
_METHODS = {
    "append": "extend", "extend": "append", "lower": "upper", "upper": "lower", "lstrip": "rstrip", "rstrip": "lstrip",
    "startswith": "endswith", "endswith": "startswith", "keys": "values", "values": "keys", "floor": "ceil",
    "ceil": "floor", "union": "intersection", "intersection": "union", "add": "discard", "popleft": "pop",
    "appendleft": "append", "setdefault": "get", "removeprefix": "removesuffix", "removesuffix": "removeprefix",
    "ljust": "rjust", "rjust": "ljust", "issubset": "issuperset", "issuperset": "issubset", "items": "keys",
    "title": "upper", "isdigit": "isalpha", "isalpha": "isdigit",
}  # fmt: skip
_LIKE = {
    "strip": "lstrip", "partition": "rpartition", "rpartition": "partition", "find": "rfind", "rfind": "find",
    "index": "rindex", "split": "rsplit", "rsplit": "split", "deepcopy": "copy", "isnumeric": "isdigit",
    "casefold": "lower", "search": "match", "match": "fullmatch", "fullmatch": "match", "update": "setdefault",
}  # fmt: skip
"""What differs on few inputs alone."""
_SYMMETRIC = frozenset({"max", "min", "gcd", "lcm", "hypot", "isclose", "print", "chain", "union", "isinstance"})
_WITHOUT = frozenset({"get", "setdefault", "split", "rsplit", "strip", "lstrip", "rstrip"})
"""What is the same without a last argument that is None."""
_WRAPPERS = frozenset({"int", "str", "float", "list", "tuple", "set", "frozenset", "dict", "sorted", "iter"})


def drafts(node: ast.AST, source: Source) -> Iterator[Draft]:
    """What can be changed in a call."""
    if not isinstance(node, ast.Call):
        return
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    yield from _renamed(node, name, source)
    if not (name in _WITHOUT and node.args and is_none(node.args[-1])):
        yield from _fewer(node, source)
    plain = [a for a in node.args if not isinstance(a, ast.Starred)]
    if len(plain) == len(node.args) > 1 and name not in _SYMMETRIC:
        yield from exchanged(node.args[0], node.args[1], "arguments exchanged", source)
    wrapper = isinstance(node.func, ast.Name) and name in _WRAPPERS and len(plain) == 1 and not node.keywords
    if wrapper and not isinstance(plain[0], ast.GeneratorExp):
        yield source.replacing(node, f"({source.segment(plain[0])})", "wrapper dropped", about=node)


def _renamed(node: ast.Call, name: str, source: Source) -> Iterator[Draft]:
    end = source.span(node.func)[1]
    if isinstance(node.func, ast.Name):
        other = _FUNCTIONS.get(name)
        if other is not None and not (name == "sorted" and node.keywords) and not (name == "round" and node.args[1:]):
            yield _name(name, other, end, None)
    elif isinstance(node.func, ast.Attribute):
        if name in _METHODS:
            yield _name(name, _METHODS[name], end, None)
        elif name in _LIKE and not (name == "match" and _is_closed(node)):
            yield _name(name, _LIKE[name], end, node)


def _is_closed(node: ast.Call) -> bool:
    """Whether a pattern ends where the text does, so that a match is a full one."""
    pattern = node.args[0] if node.args else None
    return isinstance(pattern, ast.Constant) and str(pattern.value).endswith(r"\Z")


def _name(name: str, other: str, end: int, about: ast.AST | None) -> Draft:
    return Draft("method exchanged", end - len(name), end, other, f"`{name}` becomes `{other}`", about)


def _fewer(node: ast.Call, source: Source) -> Iterator[Draft]:
    """The last argument left out: a keyword mostly has a default, so that this is a weak mutant; a place has not."""
    if node.keywords and node.keywords[-1].arg is not None:
        last: ast.AST = node.keywords[-1]
        before: ast.AST | None = (
            node.keywords[-2] if node.keywords[1:] else max(node.args, key=lambda a: source.span(a)[1], default=None)
        )
        about: ast.AST | None = node
    elif len(node.args) > 1 and not node.keywords:
        last, before, about = node.args[-1], node.args[-2], None
    else:
        return
    start, end = source.span(last)
    if before is not None:
        start = source.span(before)[1]
        # Parentheses around either argument would be torn.
        if source.text[start:end].count("(") != source.text[start:end].count(")"):
            return
    yield Draft("argument dropped", start, end, "", f"the argument `{source.segment(last)}` is left out", about)
