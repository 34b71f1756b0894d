"""Operators on statements: left out, returned otherwise, raised otherwise, not repeated, not caught, not decorated."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from nova.proof.mutation.conditions import is_boolean, negated
from nova.proof.mutation.draft import Draft, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nova.proof.mutation.draft import Source

_NEVER = "BufferError"
"""An exception that hardly any code raises, and that no other inherits from."""
_AUGMENTED = {"+=": "-=", "-=": "+=", "*=": "+=", "/=": "*=", "//=": "*=", "%=": "*=", "|=": "&=", "&=": "|="}
_Definition = ast.FunctionDef | ast.AsyncFunctionDef


def drafts(node: ast.AST, source: Source) -> Iterator[Draft]:
    """What can be changed in a statement."""
    if isinstance(node, ast.Return):
        yield from _returned(node, source)
    elif isinstance(node, ast.Raise):
        yield from _raised(node, source)
    elif isinstance(node, ast.For):
        yield source.replacing(node.iter, "()", "loop skipped")
    elif isinstance(node, ast.While):
        yield source.replacing(node.test, "False", "loop skipped")
    elif isinstance(node, ast.Break):
        yield source.replacing(node, "continue", "break and continue", about=node)
    elif isinstance(node, ast.Continue):
        yield source.replacing(node, "break", "break and continue")
    elif isinstance(node, ast.ExceptHandler):
        yield from _caught(node, source)
    elif isinstance(node, ast.With):
        if len(node.items) == 1 and node.items[0].optional_vars is None:
            says = f"`with {source.segment(node.items[0].context_expr)}` is left out"
            text = "__import__('contextlib').nullcontext()"
            yield source.replacing(node.items[0].context_expr, text, "context skipped", says)
    elif isinstance(node, _Definition | ast.ClassDef):
        yield from _defined(node, source)
    elif isinstance(node, ast.match_case):
        if node.guard is None and not _is_irrefutable(node.pattern):
            end = source.span(node.pattern)[1]
            yield Draft("case skipped", *source.span(node.pattern), source.text[source.span(node.pattern)[0] : end]
                        + " if False", f"`case {source.segment(node.pattern)}` never holds")  # fmt: skip
    elif isinstance(node, ast.stmt) and _is_dispensable(node):
        yield from _plain(node, source)


def _plain(node: ast.stmt, source: Source) -> Iterator[Draft]:
    if isinstance(node, ast.AugAssign):
        yield from _augmented(node, source)
    elif isinstance(node, ast.Assign) and not isinstance(node.value, ast.Constant | ast.Tuple):
        # Without the statement a name may be missing, which a test that looks at nothing would notice too.
        yield source.replacing(node.value, "None", "assigned value changed")
    yield source.replacing(node, "pass", "statement deleted", f"{short(source.segment(node))} is left out")


def _is_dispensable(node: ast.stmt) -> bool:
    """Whether a statement without a block says something that can be left out, and would be missed."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    if isinstance(node, ast.AnnAssign):
        return node.value is not None
    if isinstance(node, ast.Delete):
        # A name that is taken away is seldom missed: what it held lives on elsewhere, or nowhere.
        return not all(isinstance(target, ast.Name) for target in node.targets)
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return False
    return isinstance(node, ast.Assign | ast.AugAssign | ast.Import | ast.ImportFrom)


def _returned(node: ast.Return, source: Source) -> Iterator[Draft]:
    if node.value is None:
        yield source.replacing(node, "pass", "return dropped")
    elif isinstance(node.value, ast.Name) and node.value.id == "NotImplemented":
        yield source.replacing(node.value, "True", "return value changed")
    elif isinstance(node.value, ast.Constant) and node.value.value is None:
        yield source.replacing(node.value, "1", "return value changed")
    elif is_boolean(node.value):
        yield negated(node.value, source, "return value changed")
    elif not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool)):
        yield source.replacing(node.value, "None", "return value changed")


def _raised(node: ast.Raise, source: Source) -> Iterator[Draft]:
    yield source.replacing(node, "pass", "raise dropped", f"{short(source.segment(node))} is left out")
    name = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if isinstance(name, ast.Name | ast.Attribute):
        called = name.id if isinstance(name, ast.Name) else name.attr
        if called[:1].isupper():
            yield source.replacing(name, _NEVER, "exception exchanged")


def _augmented(node: ast.AugAssign, source: Source) -> Iterator[Draft]:
    start, end = source.span(node.target)[1], source.span(node.value)[0]
    found = re.search(r"\S+=", source.text[start:end])
    if found is None or "#" in source.text[start:end]:
        return
    first, last = start + found.start(), start + found.end()
    listed = isinstance(node.value, ast.List | ast.Tuple | ast.JoinedStr | ast.ListComp) or (
        isinstance(node.value, ast.Constant) and isinstance(node.value.value, str | bytes)
    )
    other = "=" if listed else _AUGMENTED.get(found[0], "=")
    yield Draft(
        "augmented exchanged", first, last, other, f"in {short(source.segment(node))} `{found[0]}` becomes `{other}`"
    )


def _caught(node: ast.ExceptHandler, source: Source) -> Iterator[Draft]:
    if node.type is None:
        return
    # A wider one is not made: calls that are made to raise, a rung above, tell it wherever anything else can be raised.
    yield source.replacing(node.type, _NEVER, "handler narrowed")


def _is_irrefutable(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _defined(node: _Definition | ast.ClassDef, source: Source) -> Iterator[Draft]:
    for decorator in node.decorator_list:
        start, end = source.span(decorator)
        start = source.text.rindex("@", 0, start)
        following = re.match(r"[ \t]*(#[^\r\n]*)?(\r\n|\r|\n)[ \t]*", source.text[end:])
        if following is not None:
            said = source.text[start:end]
            yield Draft("decorator dropped", start, end + following.end(), "", f"`{said}` is dropped", decorator,
                        (start, end))  # fmt: skip
    if isinstance(node, ast.ClassDef):
        if node.bases and not isinstance(node.bases[0], ast.Starred):
            yield source.replacing(node.bases[0], "object", "base exchanged", about=node.bases[0])
        return
    first = next((s for s in node.body if not _is_text(s)), None)
    if first is None or isinstance(first, ast.Pass | ast.Raise):
        return
    start = source.span(first)[0]
    if isinstance(first, _Definition | ast.ClassDef) and first.decorator_list:
        start = source.text.rindex("@", 0, source.span(first.decorator_list[0])[0])
    column = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    joint = "\n" + column if not column.strip() else "; "
    begins, ends = source.span(node)[0], source.span(node.body[0])[0]
    header = begins, begins + len(source.text[begins:ends].rstrip())
    yield Draft("body skipped", start, start, f"return None{joint}", f"`{node.name}` does nothing", at=header)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
