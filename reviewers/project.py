"""The interfaces of all files of a project, and how a dotted name is followed from one to the next."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewers.kin import Kin
from reviewers.layout import module_names, other_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewers.interface import Definition, Import, Interface

__all__ = ["UNKNOWN", "Found", "Project", "module_names", "other_names"]

_BUILTIN = frozenset(dir(builtins))

_PRIMARY = frozenset({"", "src", "lib"})
"""The folders in which a repository keeps what it is known by."""
UNKNOWN = "?"
"""What stands in a lineage for a base class that may be anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """A definition, and the file that it stands in."""

    interface: Interface
    definition: Definition

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other: its path and symbol."""
        return self.interface.path, self.definition.symbol


class Project:
    """Files by module name. A module name that two files claim is *ambiguous* and belongs to neither."""

    def __init__(
        self, interfaces: Iterable[Interface], complete: bool = True, others: Iterable[str] | None = None
    ) -> None:
        self.interfaces = tuple(interfaces)
        self.complete = complete
        """Whether every Python file of the project is here; a part alone cannot say that a module is missing."""
        self.others = None if others is None else frozenset(others)
        """Modules that are there and were not read: compiled, generated or left out; None where nobody looked."""
        self._definitions: dict[str, dict[str, Definition]] = {}
        self._members: dict[tuple[str, str], frozenset[str]] = {}
        self._taken: dict[str, dict[str, list[Import]]] = {}
        self._found: dict[str, Found | None] = {}
        self._lineages: dict[tuple[str, str], tuple[Found | str, ...]] = {}
        self._born: dict[tuple[str, str], list[Found]] = {}

    @cached_property
    def modules(self) -> dict[str, Interface]:
        """Interfaces by dotted module name, the ambiguous ones left out; a package goes before a file beside it."""
        by_name: dict[str, Interface | None] = {}
        for interface in sorted(self.interfaces, key=lambda i: not i.is_package):
            name = interface.module
            known = by_name.get(name)
            if known is not None and known.is_package and not interface.is_package and _beside(known, interface):
                continue
            by_name[name] = None if name in by_name else interface
        return {name: interface for name, interface in by_name.items() if interface is not None and name}

    @cached_property
    def packages(self) -> frozenset[str]:
        """Every dotted prefix of a module name, the modules themselves, and namespace packages."""
        found: set[str] = set()
        for module in [*(i.module for i in self.interfaces), *(self.others or ())]:
            name = module
            while name and name not in found:
                found.add(name)
                name = name.rpartition(".")[0]
        return frozenset(found)

    def definitions(self, interface: Interface) -> dict[str, Definition]:
        """The definitions of a file by symbol; of an overloaded function, the one that is called."""
        known = self._definitions.get(interface.path)
        if known is None:
            known = self._definitions[interface.path] = {d.symbol: d for d in interface.definitions}
        return known

    def members(self, found: Found) -> frozenset[str]:
        """Every name bound in the body of a class."""
        key = found.interface.path, found.definition.symbol
        known = self._members.get(key)
        if known is None:
            prefix = f"{found.definition.symbol}."
            own = {s[len(prefix) :] for s in self.definitions(found.interface) if s.startswith(prefix)}
            known = self._members[key] = frozenset(own.union(found.definition.names))
        return known

    @cached_property
    def assigned(self) -> frozenset[str]:
        """Every attribute name that any file assigns to, on whatever object."""
        return frozenset().union(*(i.assigned for i in self.interfaces))

    @cached_property
    def patches(self) -> frozenset[str]:
        """The same with the last name of the object, as ``Interface.patches`` has them."""
        return frozenset().union(*(i.patches for i in self.interfaces))

    def taken(self, interface: Interface) -> dict[str, list[Import]]:
        """What a file imports at module level, by local name."""
        known = self._taken.get(interface.path)
        if known is None:
            known = self._taken[interface.path] = {}
            for i in interface.imports:
                if i.symbol is None and i.name != "*":
                    known.setdefault(i.local, []).append(i)
        return known

    def means(self, interface: Interface, taken: Import, module: Interface) -> bool:
        """Whether an import surely means this module of the project, and no other one that has its name.

        Below a folder of examples or tests a package may well be called like the library that it is about: it counts
        only where some import of the project finds in it what it looks for. A script means what lies beside it.
        """
        if taken.relative:
            return True
        top = module.module.partition(".")[0]
        folder = interface.path.rpartition("/")[0]
        beside = {f"{folder}/{top}.py", f"{folder}/{top}/__init__.py"} if folder else set()
        if not beside.isdisjoint(self._paths) and not module.path.startswith(f"{folder}/{top}"):
            return False
        return _root(module) in _PRIMARY or top in self._vouched

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(i.path for i in self.interfaces)

    @cached_property
    def overlays(self) -> frozenset[tuple[str, str]]:
        """The name of each module with the last name of the folder that it lies in, wherever that is."""
        found: set[tuple[str, str]] = set()
        for interface in self.interfaces:
            found.update(pairwise(interface.path.removesuffix("/__init__.py").removesuffix(".py").split("/")))
        return frozenset(found)

    @cached_property
    def _hooked(self) -> frozenset[str]:
        """The packages in which a file changes how modules are found."""
        return frozenset(i.module.partition(".")[0] for i in self.interfaces if i.hooks)

    @cached_property
    def _vouched(self) -> frozenset[str]:
        """The packages in which most imports by an absolute name find what they look for."""
        balance: dict[str, int] = {}
        for interface in self.interfaces:
            for i in interface.imports:
                module = None if i.relative or not i.name else self.modules.get(i.module)
                if module is not None:
                    found = i.name in module.names or f"{i.module}.{i.name}" in self.modules
                    top = i.module.partition(".")[0]
                    balance[top] = balance.get(top, 0) + (1 if found else -2)
        return frozenset(top for top, sum_ in balance.items() if sum_ > 0)

    def find(self, dotted: str, hops: int = 8, source: Interface | None = None) -> Found | None:
        """The definition that a dotted name leads to, through re-exports; None where that is not certain.

        ``source`` is the file in which the name stands: it must be sure to mean the project by it. A definition that
        is conditional, or whose name the module binds again, is still returned: ask ``definition.conditional``.
        """
        if dotted not in self._found:
            self._found[dotted] = self._follow(dotted, hops)
        found = self._found[dotted]
        return None if found is not None and source is not None and not self._reaches(source, dotted) else found

    def _reaches(self, source: Interface, dotted: str) -> bool:
        module = self.split(dotted)[0]
        if module is None or module is source:
            return module is source
        top = module.module.partition(".")[0]
        root = _root(module)
        near = root != "" and source.path.startswith(f"{root}/") and source.module.partition(".")[0] != top
        return root in _PRIMARY or near or top in self._vouched

    def _follow(self, dotted: str, hops: int) -> Found | None:
        module, symbol = self.split(dotted)
        if module is None or hops <= 0:
            return None
        if symbol:
            return None if self._hidden(module) else self._inside(module, symbol, hops)
        package, _, name = dotted.rpartition(".")
        parent = self.modules.get(package)
        return self._inside(parent, name, hops) if parent is not None and self._hidden(module) else None

    def _inside(self, module: Interface, symbol: str, hops: int) -> Found | None:
        definitions = self.definitions(module)
        definition = definitions.get(symbol)
        if definition is not None:
            return Found(module, definition)
        head, dot, rest = symbol.partition(".")
        if head in definitions or head in module.rebound:
            return None
        taken = {f"{i.module}.{i.name}" if i.name else "" for i in self.taken(module).get(head, ())}
        if taken:
            origin = taken.pop()
            return self._follow(f"{origin}{dot}{rest}", hops - 1) if origin and not taken else None
        sources = [self.modules.get(name) for name in module.star_imports]
        giving = [s for s in sources if s is None or head in self.exported(s)]
        if len(giving) != 1 or giving[0] is None or head.startswith("_"):
            return None
        return self._follow(f"{giving[0].module}.{symbol}", hops - 1)

    def exported(self, module: Interface, hops: int = 8) -> frozenset[str]:
        """Every name that a module binds, those included that it takes with a star from modules of the project."""
        names = set(module.names)
        for name in module.star_imports:
            source = self.modules.get(name)
            if source is not None and source is not module and hops > 0:
                names.update(self.exported(source, hops - 1))
        return frozenset(names)

    def open_ended(self, module: Interface, hops: int = 8) -> bool:
        """Whether a module may hold names that cannot be read off it: it is dynamic, or takes a star from outside."""
        if module.dynamic or hops <= 0 or module.module.partition(".")[0] in self._hooked:
            return True
        sources = [self.modules.get(name) for name in module.star_imports]
        return any(s is None or (s is not module and self.open_ended(s, hops - 1)) for s in sources)

    def _hidden(self, module: Interface) -> bool:
        """Whether a package above the module binds its name, or that of a package between, to something else."""
        name = module.module
        while "." in name:
            package, _, last = name.rpartition(".")
            parent = self.modules.get(package)
            if parent is not None and parent is not module and last in parent.names:
                taken = self.taken(parent).get(last, [])
                itself = all(name == (f"{i.module}.{i.name}" if i.name else i.module) for i in taken)
                if not taken or not itself or last in parent.rebound or last in self.definitions(parent):
                    return True
            name = package
        return False

    def split(self, dotted: str) -> tuple[Interface | None, str]:
        """The longest prefix that is a module of the project, and what is left of the name."""
        modules, prefix = self.modules, dotted
        while prefix:
            module = modules.get(prefix)
            if module is not None:
                return module, dotted[len(prefix) + 1 :]
            prefix = prefix.rpartition(".")[0]
        return None, dotted

    def lineage(self, found: Found) -> tuple[Found | str, ...]:
        """A class and all that it inherits from, in the order in which Python looks (C3).

        A class from outside the project is its dotted name; ``UNKNOWN`` stands for one that is not certain.
        """
        known = self._lineages.get(found.key)
        if known is None:
            self._lineages[found.key] = (found, UNKNOWN)  # what a class that inherits from itself gets to see
            known = self._lineages[found.key] = self._linearised(found)
        return known

    def _linearised(self, found: Found) -> tuple[Found | str, ...]:
        bases = self.bases(found)
        lines: list[list[Found | str]] = [[b] if isinstance(b, str) else [*self.lineage(b)] for b in bases]
        merged = _merge([*lines, bases])
        return (found, UNKNOWN) if merged is None else (found, *merged)

    def bases(self, found: Found) -> list[Found | str]:
        """The bases of a class as written, metaclasses aside."""
        return [self._base(found, name) for name in found.definition.bases if not name.startswith("metaclass=")]

    def metaclasses(self, found: Found) -> frozenset[str]:
        """The dotted origins of all metaclasses named in a class's lineage."""
        own = [d.definition.bases for d in self.lineage(found) if isinstance(d, Found)]
        return frozenset(b.removeprefix("metaclass=") for bases in own for b in bases if b.startswith("metaclass="))

    def _base(self, found: Found, name: str) -> Found | str:
        if "?" in name or "=" in name:
            return UNKNOWN
        interface, definitions = found.interface, self.definitions(found.interface)
        around = found.definition.symbol.rpartition(".")[0]
        head = name.partition(".")[0]
        inner = f"{around}.{name}" if around and f"{around}.{head}" in definitions else name
        if inner.partition(".")[0] in definitions:
            definition = definitions.get(inner)
            base = None if definition is None else Found(interface, definition)
        else:
            base = self.find(name, source=interface) or (self._inside(interface, name, 8) if name == head else None)
            if base is None:
                starred = name == head and name not in _BUILTIN and interface.star_imports
                return UNKNOWN if starred or self.split(name)[0] is not None else name
        certain = base is not None and base.definition.kind == "class" and not base.definition.conditional
        return base if base is not None and certain else UNKNOWN

    def subclasses(self, found: Found) -> tuple[Found, ...]:
        """Every class of the project that inherits from a class, directly or not."""
        every: dict[tuple[str, str], Found] = {}
        waiting = [found]
        while waiting:
            for child in self._children(waiting.pop()):
                if child.key not in every:
                    every[child.key] = child
                    waiting.append(child)
        return tuple(every.values())

    def _children(self, found: Found) -> list[Found]:
        known = self._born.get(found.key)
        if known is None:
            known = self._born[found.key] = []
            for interface, name in self.kin.heirs(self.kin.called([found.definition.name])):
                for definition in interface.definitions:
                    child = Found(interface, definition)
                    if definition.bases and definition.name == name and self._is_child(child, found.key):
                        known.append(child)
        return known

    def _is_child(self, child: Found, key: tuple[str, str]) -> bool:
        return any(isinstance(base, Found) and base.key == key for base in self.bases(child))

    def strays(self, name: str) -> tuple[Found, ...]:
        """The methods of a name in classes that may inherit from any other: one of their bases is not certain."""
        found: list[Found] = []
        for interface in self.interfaces:
            if f",{name}," in interface.defined:
                methods = [d for d in interface.definitions if d.name == name and "." in d.symbol]
                holders = {d.symbol.rpartition(".")[0] for d in methods}
                classes = [d for d in interface.definitions if d.bases and d.symbol in holders]
                open_ = {c.symbol for c in classes if UNKNOWN in self.bases(Found(interface, c))}
                found += [Found(interface, d) for d in methods if d.symbol.rpartition(".")[0] in open_]
        return tuple(found)

    @cached_property
    def kin(self) -> Kin:
        """The classes by the names in their headers."""
        return Kin(self.interfaces)


def _root(module: Interface) -> str:
    """The folder from which a module is imported by its name."""
    return module.path.removesuffix("/__init__.py").removesuffix(".py")[: -len(module.module)].strip("/")


def _beside(package: Interface, module: Interface) -> bool:
    """Whether ``name/__init__.py`` and ``name.py`` stand in one folder: Python then takes the package."""
    return package.path.rpartition("/")[0] == module.path.rpartition(".")[0]


def _merge(lines: Sequence[list[Found | str]]) -> list[Found | str] | None:
    """Python's C3 merge; None where there is no order that respects every line."""
    merged: list[Found | str] = []
    waiting = [line for line in lines if line]
    while waiting:
        behind = {_key(c) for line in waiting for c in line[1:]}
        first = next((line[0] for line in waiting if _key(line[0]) not in behind), None)
        if first is None:
            return None
        merged.append(first)
        waiting = [rest for line in waiting if (rest := line[1:] if _key(line[0]) == _key(first) else line)]
    return merged


def _key(item: Found | str) -> tuple[str, str] | str:
    return item if isinstance(item, str) else item.key
