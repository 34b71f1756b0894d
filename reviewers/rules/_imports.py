"""Fixes that need one import more or one less: where it goes, and whose comments stay."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Sequence

    Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def add_import(module: cst.Module, name: str) -> cst.Module:
    """The module with ``import name`` among its standard imports, or in a paragraph of its own before the others."""
    line = cst.SimpleStatementLine([cst.Import([cst.ImportAlias(cst.Name(name))])])
    body: list[Statement] = list(module.body)
    start = _preamble(body)
    first = next((n for n in range(start, len(body)) if _imported(body[n])), None)
    paragraph = _standard_paragraph(body, first) if first is not None else range(0)
    if not paragraph:
        return module.with_changes(body=_apart(body, line, start if first is None else first))
    at = _place(body, paragraph, name)
    if at == paragraph.start:
        line = line.with_changes(leading_lines=body[at].leading_lines)
        body[at] = body[at].with_changes(leading_lines=())
    return module.with_changes(body=[*body[:at], line, *body[at:]])


def drop_import(module: cst.Module, name: str) -> cst.Module:
    """The module without the import that binds ``name``, where nothing else needs it; its comments are kept."""
    at = next((n for n, line in enumerate(module.body) if name in _bound_by(line)), None)
    if at is None or f'"{name}' in module.code or f"'{name}" in module.code:
        return module
    needed = _Needs(name)
    module.visit(needed)
    line = module.body[at]
    if needed.found or not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return module
    statement = line.body[0]
    if not isinstance(statement, (cst.Import, cst.ImportFrom)) or line.trailing_whitespace.comment is not None:
        return module
    body: list[Statement] = list(module.body)
    others = [a for a in _aliases(statement) if _local(a) != name]
    if others:
        others[-1] = others[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        body[at] = line.with_changes(body=[statement.with_changes(names=others)])
        return module if "\n" in module.code_for_node(statement) else module.with_changes(body=body)
    commented = any(empty.comment for empty in line.leading_lines)
    if commented and at and _imported(body[at - 1]) and not _blank_above(line):
        return module
    after = body[at + 1] if at + 1 < len(body) else None
    if after is not None and _imported(after) and not _blank_above(after):
        body[at + 1] = after.with_changes(leading_lines=[*line.leading_lines, *after.leading_lines])
    elif at == 0 or commented:
        return module
    del body[at]
    return module.with_changes(body=body)


def _preamble(body: Sequence[Statement]) -> int:
    """How many statements come before any import: the docstring and the ``__future__`` imports."""
    at = 0
    for line in body:
        if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
            break
        only = line.body[0]
        docstring = (
            at == 0
            and isinstance(only, cst.Expr)
            and isinstance(only.value, (cst.SimpleString, cst.ConcatenatedString))
        )
        if not docstring and _imported(line) != "__future__":
            break
        at += 1
    return at


def _imported(line: Statement) -> str:
    """The first module that an import line names, with a dot before a relative one; empty for other statements."""
    only = line.body[0] if isinstance(line, cst.SimpleStatementLine) and line.body else None
    if isinstance(only, cst.Import):
        return _dotted(only.names[0].name)
    if isinstance(only, cst.ImportFrom):
        return "." * len(only.relative) + (_dotted(only.module) if only.module is not None else "")
    return ""


def _standard_paragraph(body: Sequence[Statement], first: int) -> range:
    """The first run of imports without an empty line between them that names a standard module."""
    at = first
    while at < len(body) and _imported(body[at]):
        end = at + 1
        while end < len(body) and _imported(body[end]) and not _blank_above(body[end]):
            end += 1
        if any(_imported(line).partition(".")[0] in sys.stdlib_module_names for line in body[at:end]):
            return range(at, end)
        at = end
    return range(0)


def _place(body: Sequence[Statement], paragraph: range, name: str) -> int:
    plain = [n for n in paragraph if isinstance(body[n].body[0], cst.Import)]  # type: ignore[index]
    if not plain:
        return paragraph.start
    return next((n for n in plain if _imported(body[n]) > name), plain[-1] + 1)


def _apart(body: list[Statement], line: cst.SimpleStatementLine, at: int) -> list[Statement]:
    """The statements with the import line as a paragraph of its own."""
    blank = cst.EmptyLine(indent=False)
    if at:
        line = line.with_changes(leading_lines=[blank])
    if at < len(body) and not _blank_above(body[at]):
        wanted = [blank] if isinstance(body[at], cst.SimpleStatementLine) else [blank, blank]
        body[at] = body[at].with_changes(leading_lines=[*wanted, *body[at].leading_lines])
    return [*body[:at], line, *body[at:]]


def _blank_above(line: Statement) -> bool:
    return any(empty.comment is None for empty in line.leading_lines)


def _aliases(statement: cst.Import | cst.ImportFrom) -> list[cst.ImportAlias]:
    return [] if isinstance(statement.names, cst.ImportStar) else list(statement.names)


def _local(alias: cst.ImportAlias) -> str:
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
        return alias.asname.name.value
    return _dotted(alias.name).partition(".")[0]


def _bound_by(line: Statement) -> set[str]:
    small = line.body if isinstance(line, cst.SimpleStatementLine) else ()
    return {_local(a) for only in small if isinstance(only, (cst.Import, cst.ImportFrom)) for a in _aliases(only)}


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


class _Needs(cst.CSTVisitor):
    """Whether a name is used anywhere but in imports, as an attribute or as a keyword."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found = False

    def visit_Name(self, node: cst.Name) -> None:
        self.found = self.found or node.value == self.name

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False
