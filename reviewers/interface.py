"""What one file shows to and takes from the other files of its project, as plain data that can be cached.

``collect`` reads it off a linked tree; a project rule sees only this, never a tree.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from typing import TYPE_CHECKING

from reviewers.digests import digest
from reviewers.facts import header_syntax
from reviewers.guards import guard, is_excused
from reviewers.packed import (
    DOUBLE_STAR,
    EXCUSED,
    IN_ASYNC,
    STAR,
    Call,
    Definition,
    Import,
    Interface,
    Signature,
    pack,
    short,
    unpack,
    usual_width,
)
from reviewers.scopes import LOCAL, Scope, Scopes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.facts import FileFacts

__all__ = ["Call", "Definition", "Import", "Interface", "Signature", "collect", "pack", "unpack"]

_ABSTRACT = frozenset({"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"})
_OUTSIDE = sys.stdlib_module_names
_BUILTIN = frozenset(dir(builtins))
_AWAITABLE = frozenset({"asyncio"})
_REPLACES = re.compile(r"sys\.modules\[[^\]\n]+\] *=[^=]")
_RECEIVERS = frozenset({"self", "_self", "__self", "cls", "_cls", "klass", "mcs", "mcls", "metacls"})
"""What a first parameter is called that is the instance or the class; by another name it may be anything."""
_NAMESPACES = frozenset({"exec", "globals", "locals", "vars"})
_READING = frozenset({"copy", "get", "items", "keys", "values"})
_REACHES_ITSELF = (
    "modules[__name__]",
    "modules.get(__name__",
    "modules.setdefault(__name__",
    "setattr(sys.modules",
    "import_module(__name__)",
    "__import__(__name__)",
)
"""How a file gets hold of its own module, to add names to it."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def collect(facts: FileFacts) -> Interface:
    """Read a file's interface off its linked nodes (``facts.link``)."""
    return _Reader(facts, Scopes(facts)).interface()


class _Reader:
    """Writes down, part by part, what the scopes of a file have found."""

    def __init__(self, facts: FileFacts, scopes: Scopes) -> None:
        self.facts = facts
        self.scopes = scopes
        self.module = facts.module
        self.own = facts.module.partition(".")[0]
        self.silenced = "ignore" in facts.text or "pylint: disable" in facts.text
        self.ascii = facts.text.isascii()
        self.bases: dict[ast.AST, bool] = {}
        """Of each class, whether a base of it may be defined in the project."""
        self.classes = frozenset(n.name for n in facts.kinds.get(ast.ClassDef, ()))
        self.receivers: set[str] = set()
        """What methods call their first parameter."""

    def interface(self) -> Interface:
        facts, scopes = self.facts, self.scopes
        stars = [facts.absolute(n) for n in scopes.imports if type(n) is ast.ImportFrom and n.names[0].name == "*"]
        defined = ";".join(map(self._definition, scopes.definitions))
        kept: set[str] = set()
        imported = ";".join(filter(None, (self._import(n, kept) for n in scopes.imports)))
        bound = scopes.module.named.union(scopes.module.imported.keys() - kept)
        return Interface(
            facts.path, facts.module, self._marks(), " ".join(sorted(bound)), " ".join(stars),
            defined, imported, self._calls(), " ".join(sorted(scopes.assigned)),
        )  # fmt: skip

    def _marks(self) -> str:
        hooks = "sys.meta_path" in self.facts.text or "sys.path_hooks" in self.facts.text
        return ("d" if self._dynamic() else "") + ("h" if hooks else "")

    def _dynamic(self) -> bool:
        """Whether the file says that its module holds names which cannot be read off it."""
        text, module = self.facts.text, self.scopes.module
        if self.facts.path.endswith(".pyi") or module.binds("__getattr__"):
            return True
        if "__name__" in text and any(way in text for way in _REACHES_ITSELF):
            return True
        if "sys.modules" in text and ("setattr(" in text or "__dict__" in text or _REPLACES.search(text)):
            return True
        if "__path__" in text and self.facts.is_package:
            return True
        if not any(f"{name}(" in text for name in _NAMESPACES):
            return False
        calls = [c for c in self.scopes.calls if type(c.func) is ast.Name and c.func.id in _NAMESPACES]
        return any(self._makes_names(c, c.func.id) for c in calls if type(c.func) is ast.Name)

    def _makes_names(self, node: ast.Call, name: str) -> bool:
        """Whether a call of ``exec``, ``globals``, ``locals`` or ``vars`` may bind names of the module."""
        if name == "exec":
            return len(node.args) < 2 and self.scopes.runs_in(node) is self.scopes.module
        if node.args or (name != "globals" and self.scopes.runs_in(node) is not self.scopes.module):
            return False
        holder = node.parent  # type: ignore[attr-defined]
        if isinstance(holder, ast.Subscript):
            return not isinstance(holder.ctx, ast.Load)
        if isinstance(holder, ast.Attribute):
            return holder.attr not in _READING
        return not isinstance(holder, ast.Compare)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
        scope = self.scopes.scope(node)
        home = scope.parent or self.scopes.module
        decorators = [self._origin(d.func if type(d) is ast.Call else d) for d in node.decorator_list]
        overload = any(d.rpartition(".")[2] == "overload" for d in decorators)
        flags = "o" if overload else ""
        if home.conditional or home.bound_over(node.name):
            scope.conditional = True  # what stands inside of it inherits this: it comes later in source order
        if scope.conditional:
            flags += "c"
        names: Iterable[str] = ()
        if isinstance(node, ast.ClassDef):
            kind, detail = "c", self._class(node)
            names = sorted(scope.named.union(scope.imported))
        else:
            kind, detail = self._kind(node), _parameters(node.args)
            first = [*node.args.posonlyargs, *node.args.args][:1]
            if first and type(home.node) is ast.ClassDef and first[0].arg in _RECEIVERS:
                self.receivers.add(first[0].arg)
            if any(d.rpartition(".")[2] in _ABSTRACT for d in decorators):
                flags += "a"
        depth = scope.depth
        usual = node.col_offset == 4 * depth
        place = str(node.lineno) if usual else f"{node.lineno}:{node.col_offset + 1}"
        length = (node.end_lineno or node.lineno) - node.lineno
        fields = (f"{kind}{depth}", node.name, place, str(length or ""), flags, " ".join(decorators), detail)
        return f"{','.join(fields)},{' '.join(names)}"

    def _class(self, node: ast.ClassDef) -> str:
        bases = [self._origin(b.value if type(b) is ast.Subscript else b) for b in node.bases]
        self.bases[node] = any(b in {LOCAL, ""} or not self._foreign(b) for b in bases)
        for k in node.keywords:
            if k.arg is None or k.arg == "metaclass":
                bases.append(f"{k.arg or '**'}={self._origin(k.value)}")
                self.bases[node] = True
        return " ".join(bases)

    def _foreign(self, origin: str) -> bool:
        """Whether a dotted origin can only be a built-in or part of the standard library."""
        head = origin.partition(".")[0]
        return (head in _OUTSIDE and head != self.own) or (head == origin and head in _BUILTIN)

    def _kind(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        yields = node in self.scopes.generators
        if type(node) is ast.AsyncFunctionDef:
            return "G" if yields else "a"
        return "g" if yields else "f"

    def _origin(self, node: ast.AST) -> str:
        """The dotted origin of a name or attribute chain in a definition's header; ``?`` where it is not certain."""
        rest: list[str] = []
        while type(node) is ast.Attribute:
            rest.append(node.attr)
            node = node.value
        if type(node) is not ast.Name:
            return LOCAL
        head = self.scopes.origin(node.id, node)
        return LOCAL if head == LOCAL else ".".join([head, *reversed(rest)])

    def _import(self, node: ast.Import | ast.ImportFrom, kept: set[str]) -> str:
        """One record for each module; what comes from the standard library is left out."""
        scope = self.scopes.around(node)
        relative = "." if getattr(node, "level", 0) else ""
        place = f"{guard(node)}{relative},{scope.index if scope.index >= 0 else ''}"
        records: dict[str, list[str]] = {}
        base = "" if type(node) is ast.Import else self.facts.absolute(node)  # type: ignore[arg-type]
        for alias in node.names:
            module, name = (alias.name, "") if type(node) is ast.Import else (base, alias.name)
            head = module.partition(".")[0]
            if head in _OUTSIDE and head != self.own:
                continue
            local = alias.asname or name or module.partition(".")[0]
            if scope is self.scopes.module:
                kept.add(local)
            span = self.facts.span(alias)
            fields = [name, str(span.line), str(span.column)]
            if (span.end_line, span.end_column) != (span.line, span.column + usual_width(module, name, local)):
                fields += [local if local != name else "", str(span.end_line), str(span.end_column)]
            elif local != name:
                fields.append(local)
            records.setdefault(module, []).append(",".join(fields))
        return ";".join(f"{module},{place} {' '.join(aliases)}" for module, aliases in records.items())

    def _calls(self) -> str:
        groups: dict[str, list[str]] = {}
        module = self.scopes.module
        heads = self.receivers.union(*(s.imported for s in self.scopes.all()), module.defined)
        for node in self.scopes.calls:
            rest: list[str] = []
            head: ast.AST = node.func
            while type(head) is ast.Attribute:
                rest.append(head.attr)
                head = head.value
            if type(head) is not ast.Name or head.id not in heads:
                continue
            rest.append(head.id)
            rest.reverse()
            target = self._target(node, rest)
            if target is not None:
                groups.setdefault(short(target, self.module), []).append(self._call(node))
        return ";".join(f"{target} {' '.join(records)}" for target, records in groups.items())

    def _target(self, node: ast.Call, parts: list[str]) -> str | None:
        head, rest = parts[0], parts[1:]
        scope = self.scopes.owner(head, node)
        if scope is None:
            return None
        if head in scope.imported:
            if head in scope.shaky or head in scope.named or head in scope.defined:
                return None
            origin = scope.imported[head]
            top = origin.partition(".")[0]
            if top in _OUTSIDE and top != self.own and not (top in _AWAITABLE and _use(node) == 1):
                return None
            return ".".join([origin, *rest])
        if scope is self.scopes.module:
            if head in scope.named or (rest and not self._is_class(head)):
                return None
            return ".".join([self.module, *parts] if self.module else parts)
        return self._own_method(scope, head, rest) if len(rest) == 1 else None

    def _is_class(self, name: str) -> bool:
        return name in self.classes

    def _own_method(self, scope: Scope, head: str, rest: list[str]) -> str | None:
        """The target of ``self.method()`` where ``self`` is the first parameter of a method."""
        function, home = scope.node, scope.parent
        if home is None or type(home.node) is not ast.ClassDef or not isinstance(function, _FUNCTIONS):
            return None
        arguments = [*function.args.posonlyargs, *function.args.args]
        if not arguments or arguments[0].arg != head or head in scope.named or head in scope.defined:
            return None
        if any(self._origin(d) == "staticmethod" for d in function.decorator_list):
            return None
        if rest[0] not in home.defined and not self.bases[home.node]:
            return None
        symbol = self.facts.symbol(home.node)
        return f"self:{self.module}.{symbol}.{rest[0]}" if self.module else f"self:{symbol}.{rest[0]}"

    def _call(self, node: ast.Call) -> str:
        facts, line = self.facts, node.lineno
        if self.ascii:
            column, end_column = node.col_offset + 1, (node.end_col_offset or 0) + 1
        else:
            span = facts.span(node)
            column, end_column = span.column, span.end_column
        star = positional = 0
        for argument in node.args:
            if type(argument) is ast.Starred:
                star = STAR
            else:
                positional += 1
        flags = _use(node) | star
        keywords = ""
        for k in node.keywords:
            if k.arg is None:
                flags |= DOUBLE_STAR
            else:
                below = f":{k.lineno - line}" if k.lineno > line else ""
                keywords += f",{k.arg}:{k.col_offset + 1 if self.ascii else facts.span(k).column}{below}"
        if type(self.scopes.runs_in(node).node) is ast.AsyncFunctionDef:
            flags |= IN_ASYNC
        if is_excused(node, facts.lines if self.silenced else ()):
            flags |= EXCUSED
        index = self.scopes.written_in(node).index
        down = (node.end_lineno or line) - line
        return (
            f"{line},{column},{down or ''},{end_column},{index if index >= 0 else ''},{self._syntax(node)},"
            f"{flags or ''},{positional or ''}{keywords}"
        )

    def _syntax(self, node: ast.Call) -> str:
        """A short hash of the call's text without layout; of its tree, where a comment may stand in the text."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        lines = self.facts.lines[first : last + 1]
        if len(lines) == 1 and (self.ascii or lines[0].isascii()):
            return _hashed(lines[0][node.col_offset : node.end_col_offset])
        if len(lines) > 1 and all(_is_plain(line) for line in lines):
            return _hashed("".join([lines[0][node.col_offset :], *lines[1:-1], lines[-1][: node.end_col_offset]]))
        return _hashed(header_syntax(node))


def _is_plain(line: str) -> bool:
    """Whether a line holds nothing that reformatting might drop but white space, and its columns count characters."""
    return "#" not in line and not line.endswith("\\") and line.isascii()


def _hashed(text: str) -> str:
    return digest("".join(text.split()).replace("'", '"').replace(",)", ")").replace(",]", "]"))[:8]


def _use(node: ast.Call) -> int:
    holder = type(node.parent)  # type: ignore[attr-defined]
    return 1 if holder is ast.Expr else 2 if holder is ast.Await else 0


def _parameters(arguments: ast.arguments) -> str:
    """A function's parameters as ``packed`` reads them."""
    ordered = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    first = len(ordered) - len(arguments.defaults)
    tokens = [name if n < first else f"{name}=" for n, name in enumerate(ordered)]
    if arguments.posonlyargs:
        tokens.insert(len(arguments.posonlyargs), "/")
    if arguments.vararg:
        tokens.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        tokens.append("*")
    tokens += [
        a.arg if d is None else f"{a.arg}=" for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        tokens.append(f"**{arguments.kwarg.arg}")
    return " ".join(tokens)
