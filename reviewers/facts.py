"""What all rules share about one file: its tree with parent links, its names, and where a node stands."""

from __future__ import annotations

import ast
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from reviewers.finding import Span
from reviewers.paths import is_test_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)
type_of_scope = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Module)
Function = ast.FunctionDef | ast.AsyncFunctionDef

_ATOMS = frozenset(
    {"identifier", "int", "string", "constant", "expr_context", "boolop", "operator", "unaryop", "cmpop"}
)
_FIELDS: dict[type[ast.AST], tuple[tuple[str, bool], ...]] = {}


def _fields(kind: type[ast.AST]) -> tuple[tuple[str, bool], ...]:
    """The fields that hold nodes, the last one first, with whether it is a list: as the grammar has it.

    Every node class carries its line of the grammar, such as ``Call(expr func, expr* args, keyword* keywords)``.
    """
    inside = (kind.__doc__ or "").partition("(")[2].rpartition(")")[0]
    typed = [part.split(" ") for part in inside.split(", ")] if inside else []
    found = tuple((name, what.endswith("*")) for what, name in reversed(typed) if what.rstrip("*?") not in _ATOMS)
    _FIELDS[kind] = found
    return found


def children(node: ast.AST) -> list[ast.AST]:
    """The child nodes in source order of their fields, without the shared context and operator markers."""
    found = _backwards(node)
    found.reverse()
    return found


def _backwards(node: ast.AST) -> list[ast.AST]:
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _fields(kind)
    found: list[ast.AST] = []
    for name, many in fields:
        value = getattr(node, name)
        if many:
            found += [item for item in reversed(value) if item is not None]
        elif value is not None:
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, parents before children, in source order, on an explicit stack."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack += _backwards(current)


def walk_scope(node: ast.AST) -> Iterator[ast.AST]:
    """What runs in the scope that ``node`` opens: below it, but not inside nested functions, lambdas and classes.

    The nested definitions themselves are yielded. ``node`` is not.
    """
    stack = _backwards(node)
    while stack:
        current = stack.pop()
        yield current
        if not isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            stack += _backwards(current)


class FileFacts:
    """One parsed file. Nodes carry ``parent`` (absent on the module) once ``link`` has run over the tree."""

    def __init__(
        self,
        path: str,
        text: str,
        tree: ast.Module,
        module: str | None = None,
        nodes: Sequence[ast.AST] | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.tree = tree
        self._nodes = nodes
        self.module = module if module is not None else module_name(path)
        """The dotted name by which other files of the project import this one."""
        self.is_package = path.endswith("__init__.py")

    def forget(self) -> None:
        """Let go of all that was read off the file, so that it is freed at once: what rules keep may refer back."""
        self.__dict__.clear()

    @cached_property
    def lines(self) -> list[str]:
        """The lines as the parser counts them, without their ends."""
        return self.text.split("\n")

    @cached_property
    def is_ascii(self) -> bool:
        """Whether a column counts characters and bytes alike, in every line."""
        return self.text.isascii()

    @cached_property
    def is_test(self) -> bool:
        """Whether the path is one where tests live."""
        return is_test_path(self.path)

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name to dotted origin, for every import anywhere in the file (the last one wins).

        ``import a.b`` gives ``a -> a``; ``import a.b as c`` gives ``c -> a.b``; ``from .x import y as z`` in
        module ``p.q`` gives ``z -> p.x.y``.
        """
        table: dict[str, str] = {}
        for node in self.import_nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    table[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            else:
                base = self.absolute(node)
                for alias in node.names:
                    if alias.name != "*":
                        table[alias.asname or alias.name] = f"{base}.{alias.name}" if base else alias.name
        return table

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """Every node of the tree, parents first, in source order."""
        return list(walk(self.tree)) if self._nodes is None else self._nodes

    @cached_property
    def kinds(self) -> Mapping[type[ast.AST], list[Any]]:
        """The nodes by their very type, each list in source order: who wants few kinds need not go over all nodes."""
        found: dict[type[ast.AST], list[Any]] = {}
        for node in self.nodes:
            kind = type(node)
            if kind in found:
                found[kind].append(node)
            else:
                found[kind] = [node]
        return found

    def statements(self, *kinds: type[ast.stmt]) -> list[Any]:
        """Every statement of these very types, in source order."""
        found = [node for kind in kinds for node in self.kinds.get(kind, ())]
        found.sort(key=_place)
        return found

    @cached_property
    def import_nodes(self) -> list[ast.Import | ast.ImportFrom]:
        """Every import statement in the file, in source order."""
        return self.statements(ast.Import, ast.ImportFrom)

    def absolute(self, node: ast.ImportFrom) -> str:
        """The absolute module that a ``from`` import names; an empty text where it climbs out of the project."""
        if not node.level:
            return node.module or ""
        parts = self.module.split(".") if self.module else []
        up = node.level - (1 if self.is_package else 0)
        if up > len(parts):
            return ""
        parts = parts[: len(parts) - up]
        return ".".join([*parts, node.module] if node.module else parts)

    def dotted(self, node: ast.AST) -> str | None:
        """``a.b.c`` for a chain of names and attributes as written, else None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        parts.append(node.id)
        return ".".join(reversed(parts))

    def resolve(self, node: ast.AST) -> str | None:
        """The dotted origin of a name or attribute chain through this file's imports.

        ``sleep`` after ``from time import sleep`` is ``time.sleep``; a name that is not imported stays as
        written; None for anything that is no such chain.
        """
        written = self.dotted(node)
        if written is None:
            return None
        head, dot, rest = written.partition(".")
        return f"{self.imports.get(head, head)}{dot}{rest}"

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that holds this one; None for the module."""
        return getattr(node, "parent", None)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The holders of a node, nearest first, ending with the module."""
        holder = getattr(node, "parent", None)
        while holder is not None:
            yield holder
            holder = getattr(holder, "parent", None)

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement that a node belongs to; itself if it is one."""
        if isinstance(node, ast.stmt):
            return node
        return next((n for n in self.ancestors(node) if isinstance(n, ast.stmt)), None)

    def function(self, node: ast.AST) -> Function | ast.Lambda | None:
        """The nearest function or lambda *around* a node (not itself)."""
        for holder in self.ancestors(node):
            if isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                return holder
        return None

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """The class in whose body a node stands directly or through a method; None past a nested function's own."""
        return next((n for n in self.ancestors(node) if isinstance(n, ast.ClassDef)), None)

    def symbol(self, node: ast.AST) -> str | None:
        """The qualified name of the definition that holds a node (itself, if it is one); None at module level."""
        names: list[str] = []
        current: ast.AST | None = node
        while current is not None:
            if isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.append(current.name)
            current = getattr(current, "parent", None)
        return ".".join(reversed(names)) or None

    def span(self, node: ast.AST) -> Span:
        """Where a node stands, columns in code points; a definition's is its header line alone."""
        line = getattr(node, "lineno", 1)
        column = getattr(node, "col_offset", 0)
        end_line = getattr(node, "end_lineno", None) or line
        end_column = getattr(node, "end_col_offset", None) or column
        return Span(line, self._column(line, column), end_line, self._column(end_line, end_column))

    def source(self, node: ast.AST) -> str:
        """The text of a node as written."""
        return ast.get_source_segment(self.text, node) or ""

    def _column(self, line: int, offset: int) -> int:
        if self.is_ascii or not 1 <= line <= len(self.lines):
            return offset + 1
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8")[:offset].decode("utf-8", "replace")) + 1


def _place(statement: ast.stmt) -> tuple[int, int]:
    return statement.lineno, statement.col_offset


def link(tree: ast.Module) -> list[ast.AST]:
    """Set ``parent`` on every node below the module; returns all nodes, parents first, in source order."""
    order: list[ast.AST] = []
    stack: list[Any] = [tree]
    known, pop, push, add = _FIELDS, stack.pop, stack.append, order.append
    while stack:
        node = pop()
        add(node)
        kind = type(node)
        for name, many in known[kind] if kind in known else _fields(kind):
            value = getattr(node, name)
            if many:
                for child in reversed(value):
                    if child is not None:
                        child.parent = node
                        push(child)
            elif value is not None:
                value.parent = node
                push(value)
    return order


def unlink(nodes: Iterable[ast.AST]) -> None:
    """Take ``link``'s ``parent`` links away again: the tree is freed at once, not when the collector comes by."""
    for node in islice(nodes, 1, None):
        del node.parent  # type: ignore[attr-defined]


def module_name(path: str, roots: tuple[str, ...] = ("src/", "lib/")) -> str:
    """The dotted name that a path is imported by, with a leading source folder dropped."""
    for root in roots:
        if path.startswith(root):
            path = path[len(root) :]
            break
    stem = path.removesuffix(".py").removesuffix(".pyw")
    return stem.removesuffix("/__init__").replace("/", ".") if stem != "__init__" else ""


def header_syntax(node: ast.AST) -> str:
    """The normalised syntax of what is flagged: names kept; layout, comments and quotes dropped.

    For a compound statement only its header counts, so that an edit further down leaves the identity alone.
    """
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return f"{type(node).__name__} {node.name}"
    if isinstance(node, (ast.If, ast.While)):
        return f"{type(node).__name__} {ast.dump(node.test)}"
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return f"{type(node).__name__} {ast.dump(node.target)} {ast.dump(node.iter)}"
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return f"{type(node).__name__} {[ast.dump(i) for i in node.items]}"
    if isinstance(node, ast.ExceptHandler):
        return f"except {ast.dump(node.type) if node.type else ''} {node.name or ''}"
    if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        caught = [ast.dump(h.type) if h.type else "" for h in node.handlers]  # type: ignore[attr-defined]
        return f"{type(node).__name__} {caught}"
    if isinstance(node, ast.Match):
        return f"Match {ast.dump(node.subject)}"
    if isinstance(node, ast.Module):
        return "Module"
    return ast.dump(node)
