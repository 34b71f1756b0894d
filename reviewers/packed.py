"""An interface as the few lines of text that a cache keeps, and what is read from them when it is looked at.

Records are parted by ``;``, their fields by ``,`` and the items of a field by a blank; none of these can stand in a
dotted name. What a field leaves out is what is usual, so a project of a thousand files is read back in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = {"f": "function", "a": "async function", "g": "generator", "G": "async generator", "c": "class"}
GUARDS = {"": "", "t": "try", "i": "if", "c": "type checking", "f": "function"}
USES = ("value", "discarded", "awaited")
STAR, DOUBLE_STAR, IN_ASYNC, EXCUSED = 4, 8, 16, 32
IMPLICIT = frozenset(
    {"__name__", "__file__", "__doc__", "__path__", "__package__", "__loader__", "__spec__", "__dict__",
     "__builtins__", "__annotations__", "__cached__", "__class__"}
)  # fmt: skip
"""What every module has without binding it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a function, in order."""

    positional_only: tuple[str, ...]
    positional: tuple[str, ...]
    keyword_only: tuple[str, ...]
    required: tuple[str, ...]
    """Every parameter without a default, positional or keyword-only."""
    star: bool
    double_star: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class defined in a file. ``symbol`` is its qualified name there."""

    symbol: str
    kind: str
    """``function``, ``async function``, ``generator``, ``async generator`` or ``class``."""
    line: int
    column: int
    end_line: int
    parameters: str | None
    """Of a function, as ``signature`` reads them; None for a class."""
    decorators: tuple[str, ...]
    """Dotted origins; ``?`` for a decorator that is no plain name."""
    bases: tuple[str, ...]
    """Of a class, likewise; ``metaclass=`` is given as ``metaclass=dotted``."""
    conditional: bool
    """Whether it, or a definition around it, stands under an ``if``, ``try`` or the like, or its name is bound more
    than once (overloads aside): it may not be the one."""
    abstract: bool
    """Of a method: decorated as abstract."""
    names: tuple[str, ...] = ()
    """Of a class: what its body binds otherwise than by a definition."""
    overload: bool = False
    """Whether it only declares one of the ways to call the definition that follows."""

    @property
    def name(self) -> str:
        """The last part of the symbol."""
        return self.symbol.rpartition(".")[2]

    @property
    def signature(self) -> Signature | None:
        """The parameters of a function; None for a class."""
        return None if self.parameters is None else _signature(self.parameters)

    @property
    def header(self) -> Span:
        """Where its first words stand, ``def`` or ``class`` and the name."""
        words = {"class": 6, "function": 4, "generator": 4}.get(self.kind, 10)
        return Span(self.line, self.column, self.line, self.column + words + len(self.name))


@dataclass(frozen=True, slots=True)
class Import:
    """One name taken from a module: ``from module import name``; ``name`` is ``*`` or empty for ``import module``."""

    module: str
    name: str
    local: str
    span: Span
    symbol: str | None
    guard: str
    """What it stands under: ``try`` (one that catches ImportError), ``if``, ``type checking``, ``function``, or empty
    for what runs whenever the module does."""
    relative: bool = False
    """Whether it begins with a dot, and so can only mean the project."""

    @property
    def guarded(self) -> bool:
        """Whether it need not run, or may fail, when the module is loaded."""
        return self.guard != ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose callee is a dotted name that may belong to the project."""

    target: str
    """Dotted, resolved through the file's imports; a name defined in the file itself is given in full.

    ``self:module.Class.method`` for a method that a method of the class calls on its own first parameter.
    """
    span: Span
    symbol: str | None
    syntax: str
    """A short hash of the call's text, layout and quotes aside."""
    positional: int
    keywords: tuple[str, ...]
    star: bool
    double_star: bool
    use: str
    """``discarded`` (an expression statement), ``awaited`` or ``value``."""
    in_async: bool
    """Whether the nearest function around it is asynchronous."""
    keyword_spans: tuple[Span, ...] = ()
    """Where the names of the keywords stand."""
    excused: bool = False
    """Whether it may be meant to go wrong: under ``raises``, in a ``try`` for TypeError, beside ``type: ignore``."""


@dataclass(frozen=True)
class Interface:
    """One file as its project sees it; the fields are its text, the properties are read from them when asked for."""

    path: str
    module: str
    marks: str = ""
    """``d``: names may come from elsewhere (``__getattr__``, ``globals()``, ``exec``, ``sys.modules``, a stub); ``h``:
    the file may change how modules are found."""
    bound: str = ""
    stars: str = ""
    defined: str = ""
    imported: str = ""
    called: str = ""
    attributes: str = ""

    @property
    def dynamic(self) -> bool:
        """Whether names may come from elsewhere, or the file is only a stub of what defines them."""
        return "d" in self.marks

    @property
    def hooks(self) -> bool:
        """Whether the file may change how modules are found."""
        return "h" in self.marks

    @property
    def is_package(self) -> bool:
        """Whether this is the ``__init__`` of a package."""
        return self.path.rpartition("/")[2].startswith("__init__.")

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name bound at module level, by any means, and those that every module has."""
        found = {d.symbol for d in self.definitions if "." not in d.symbol}
        found.update(i.local for i in self.imports if i.symbol is None and i.guard != "function")
        return frozenset(found | self.rebound | IMPLICIT)

    @cached_property
    def rebound(self) -> frozenset[str]:
        """What is bound at module level otherwise than by a definition or an import from what may be the project."""
        return frozenset(self.bound.split())

    @property
    def star_imports(self) -> tuple[str, ...]:
        """The modules that all names are taken from."""
        return tuple(self.stars.split())

    @cached_property
    def assigned(self) -> frozenset[str]:
        """Every attribute name that the file assigns to, on whatever object."""
        return frozenset(a.rpartition(".")[2] for a in self.patches)

    @cached_property
    def patches(self) -> frozenset[str]:
        """The same with the last name of the object: ``self.name``, ``Class.name``, or ``.name`` on anything else."""
        return frozenset(self.attributes.split())

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The functions and classes of the file, nested ones too, in source order."""
        return tuple(_definitions(self.defined))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """What the file imports from modules that may belong to its project."""
        return tuple(self._imports())

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Of each class (by symbol): every name bound in its body."""
        found = {d.symbol: set(d.names) for d in self.definitions if d.kind == "class"}
        for d in self.definitions:
            holder = found.get(d.symbol.rpartition(".")[0])
            if holder is not None:
                holder.add(d.name)
        return {symbol: tuple(sorted(names)) for symbol, names in found.items()}

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """All calls that may lead into the project, in source order."""
        every = [call for target in self._groups for call in self.calls_to(target)]
        return tuple(sorted(every, key=lambda c: (c.span.line, c.span.column, -c.span.end_line, -c.span.end_column)))

    @property
    def targets(self) -> Iterable[str]:
        """What is called: cheaper to look at than the calls themselves."""
        return self._groups.keys()

    def calls_to(self, target: str) -> tuple[Call, ...]:
        """The calls of one target, in source order."""
        return tuple(self._call(target, record) for record in self._groups.get(target, "").split())

    @cached_property
    def _groups(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for group in self.called.split(";") if self.called else ():
            target, _, records = group.partition(" ")
            found[_full(target, self.module)] = records
        return found

    @cached_property
    def _symbols(self) -> tuple[str, ...]:
        return tuple(d.symbol for d in self.definitions)

    def _symbol(self, index: str) -> str | None:
        return self._symbols[int(index)] if index else None

    def _call(self, target: str, record: str) -> Call:
        line, column, down, end, index, syntax, flags, positional, *keywords = record.split(",")
        row, marks = int(line), int(flags or 0)
        places = [k.split(":") for k in keywords]
        spans = []
        for name, start, *below in places:
            at, begin = row + (int(below[0]) if below else 0), int(start)
            spans.append(Span(at, begin, at, begin + len(name)))
        return Call(
            target, Span(row, int(column), row + int(down or 0), int(end)), self._symbol(index), syntax,
            int(positional or 0), tuple(p[0] for p in places), bool(marks & STAR), bool(marks & DOUBLE_STAR),
            USES[marks & 3], bool(marks & IN_ASYNC), tuple(spans), bool(marks & EXCUSED),
        )  # fmt: skip

    def _imports(self) -> Iterable[Import]:
        for record in self.imported.split(";") if self.imported else ():
            place, *aliases = record.split(" ")
            module, guard, index = place.split(",")
            symbol = self._symbol(index)
            relative = guard.endswith(".")
            for alias in aliases:
                name, line, column, *rest = alias.split(",")
                local = (rest[0] if rest else "") or name
                row, begin = int(line), int(column)
                end = [int(n) for n in rest[1:]] or [row, begin + usual_width(module, name, local)]
                span = Span(row, begin, end[0], end[1])
                yield Import(module, name, local, span, symbol, GUARDS[guard[:-1] if relative else guard], relative)


def pack(interface: Interface) -> list[str]:
    """The interface as a list that JSON can hold; ``unpack`` undoes it."""
    i = interface
    return [i.path, i.module, i.marks, i.bound, i.stars, i.defined, i.imported, i.called, i.attributes]


def unpack(data: Sequence[str]) -> Interface:
    """The interface that ``pack`` wrote down."""
    return Interface(*data)


def short(target: str, module: str) -> str:
    """A call's target as it is kept: what the file itself defines goes without the module's name."""
    mark, own = "", f"{module}." if module else ""
    if target.startswith("self:"):
        mark, target = ":", target[5:]
    if mark:
        return mark + target.removeprefix(own)
    return target[len(own) - 1 :] if own and target.startswith(own) else target


def _full(target: str, module: str) -> str:
    own = f"{module}." if module else ""
    if target.startswith(":"):
        return f"self:{own}{target[1:]}"
    return module + target if target.startswith(".") else target


def usual_width(module: str, name: str, local: str) -> int:
    """How long an imported name is as usually written, ``as`` and its local name included."""
    taken = name or module
    usual = name or module.partition(".")[0]
    return len(taken) if local == usual else len(taken) + 4 + len(local)


def _definitions(text: str) -> Iterable[Definition]:
    around: list[str] = []
    for record in text.split(";") if text else ():
        level, name, place, length, flags, decorators, detail, names = record.split(",")
        depth = int(level[1:])
        del around[depth:]
        symbol = ".".join((*around, name))
        around.append(name)
        kind = KINDS[level[0]]
        line, _, column = place.partition(":")
        begin = int(line)
        yield Definition(
            symbol, kind, begin, int(column or 1 + 4 * depth), begin + int(length or 0),
            None if kind == "class" else detail, tuple(decorators.split()),
            tuple(detail.split()) if kind == "class" else (), "c" in flags, "a" in flags, tuple(names.split()),
            "o" in flags,
        )  # fmt: skip


def _signature(parameters: str) -> Signature:
    """Read from ``a / b c= * d e= **rest``: a mark ends the positional-only ones or begins the keyword-only ones."""
    positional_only: list[str] = []
    positional: list[str] = []
    keyword_only: list[str] = []
    required: list[str] = []
    star = double_star = False
    current = positional
    for word in parameters.split():
        if word == "/":
            positional_only, positional = positional, []
            current = positional
        elif word.startswith("**"):
            double_star = True
        elif word.startswith("*"):
            star = star or len(word) > 1
            current = keyword_only
        else:
            current.append(word.removesuffix("="))
            if not word.endswith("="):
                required.append(word)
    return Signature(tuple(positional_only), tuple(positional), tuple(keyword_only), tuple(required), star, double_star)
