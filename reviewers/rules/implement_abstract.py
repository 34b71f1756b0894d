"""``implement-abstract``: a class that is instantiated has no abstract method left."""

from __future__ import annotations

import collections.abc
from typing import TYPE_CHECKING, Any, ClassVar

from reviewers.project import Found
from reviewers.rule import Invalid, Precision, ProjectHit, ProjectRule, Related, Severity, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.interface import Call, Interface
    from reviewers.project import Project

_ABSTRACT_BASES = frozenset({"abc.ABC", "typing.Protocol", "typing_extensions.Protocol"})
_EMPTY_BASES = _ABSTRACT_BASES | {"object", "typing.Generic", "typing_extensions.Generic"}
"""Bases from outside that implement nothing."""
_KEEPING = frozenset(
    {
        "attr.define",
        "attr.s",
        "attrs.define",
        "dataclasses.dataclass",
        "typing.final",
        "typing.runtime_checkable",
        "typing_extensions.final",
    }
)
"""Class decorators that add no method but those of two underscores."""
_FEW = 40
"""So many names are looked for in the text of a file before it is taken apart."""
_MARKS = _ABSTRACT_BASES | {"metaclass=abc.ABCMeta", "typing.AbstractSet"}
_MARKS |= {f"{module}.{name}" for module in ("collections.abc", "typing") for name in dir(collections.abc)}
"""What stands in the header of a class that may have abstract methods, or in that of one that it inherits from."""


class ImplementAbstract(ProjectRule):
    """Calling a class that inherits an abstract method and does not implement it raises TypeError.

    Only classes are told of whose whole lineage is known, and that the project itself instantiates.
    """

    name = "implement-abstract"
    severity = Severity.HIGH
    confidence = 0.9
    worth = 0.5
    equivalents = ("E0110", "abstract-class-instantiated")
    precision = Precision(
        right=8,
        read=9,
        repositories=(
            "Telethon", "distributed", "frigate", "hummingbot", "neutron", "nltk",
        ),
        note="where control never comes to the call. All that some 250 repositories and 75 older states of them "
        "had; methods of a class in the class were wrong and are left alone since.",
    )  # fmt: skip
    examples: ClassVar = (
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n\n"
              "class Square(Shape):\n    def area(self):\n        return 1\n\nSquare()\n"),
        Valid("from abc import abstractmethod\n\nclass Shape:\n    @abstractmethod\n    def area(self): ...\n\nShape()\n"),
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n\n"
              "class Square(Shape): ...\n"),
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @property\n    @abstractmethod\n"
              "    def area(self): ...\n\nclass Square(Shape):\n    area = 1\n\nSquare()\n"),
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n\n"
              "class Measured:\n    def area(self):\n        return 1\n\nclass Square(Measured, Shape): ...\n\nSquare()\n"),
        Valid("import pytest\nfrom shapes import Shape\n\ndef test_a_shape_is_abstract():\n"
              "    with pytest.raises(TypeError):\n        Shape()\n",
              files=(("shapes.py", "from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n"),)),
        Valid("from abc import ABC, abstractmethod\nfrom outside import Measured\n\nclass Shape(ABC):\n"
              "    @abstractmethod\n    def area(self): ...\n\nclass Square(Measured, Shape): ...\n\nSquare()\n"),
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    def __new__(cls, kind):\n"
              "        return object.__new__(KINDS[kind])\n\n    @abstractmethod\n    def area(self): ...\n\nShape('square')\n"),
        Invalid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...\n\n"
                "    @abstractmethod\n    def name(self): ...\n\nclass Square(Shape):\n    def area(self): ...\n\nSquare()\n"),
        Valid("from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    class Pen(ABC):\n        @abstractmethod\n"
              "        def draw(self): ...\n\nclass Square(Shape):\n    class Pencil(Shape.Pen):\n        def draw(self): ...\n\nSquare()\n"),
        Valid("from collections.abc import Sized\n\nclass Box(Sized):\n    def __len__(self):\n        return 1\n\nBox()\n"),
        Invalid("from collections.abc import MutableMapping\n\nclass Box(MutableMapping):\n    def __getitem__(self, key): ...\n\n"
                "    def __setitem__(self, key, value): ...\n\n    def __iter__(self): ...\n\n    def __len__(self): ...\n\nBox()\n"),
        Invalid("from shapes import Shape\n\nclass Square(Shape):\n    def aera(self): ...\n\ndef make():\n    return Square()\n",
                files=(("shapes.py", "import abc\n\nclass Shape(metaclass=abc.ABCMeta):\n    @abc.abstractmethod\n    def area(self): ...\n"),)),
        Invalid("from abc import ABC, abstractmethod\n\nclass Measured:\n    def area(self): ...\n\nclass Shape(ABC):\n"
                "    @abstractmethod\n    def area(self): ...\n\nclass Square(Shape, Measured): ...\n\nSquare()\nSquare()\n"),
    )  # fmt: skip

    def check_project(self, project: Project) -> Iterable[ProjectHit]:
        """Take each class that is called, and look for what its lineage leaves abstract."""
        seen: dict[tuple[str, str], tuple[Found, Interface, Call]] = {}
        names = project.kin.descendants(project.kin.marked(_MARKS))
        for interface in project.interfaces if names else ():
            if len(names) <= _FEW and not any(f"{name} " in interface.called for name in names):
                continue
            for target in interface.targets:
                if target.rpartition(".")[2] not in names or target.startswith("self:"):
                    continue
                found = project.find(target, source=interface)
                if found is None or found.definition.kind != "class" or found.key in seen:
                    continue
                call = next((c for c in interface.calls_to(target) if not c.excused), None)
                if call is not None:
                    seen[found.key] = (found, interface, call)
        for found, interface, call in seen.values():
            left = _left_abstract(project, found)
            if left:
                yield _hit(found, left, interface, call)


def _hit(found: Found, left: list[str | Found], interface: Interface, call: Call) -> ProjectHit:
    names = ", ".join(m if isinstance(m, str) else m.definition.name for m in left)
    definition = found.definition
    related = [
        Related(f.interface.path, f.definition.line, f.definition.line, f"{f.definition.symbol} is abstract")
        for f in left
        if isinstance(f, Found)
    ]
    related.append(Related(interface.path, call.span.line, call.span.end_line, f"{definition.name} is instantiated"))
    what = "is instantiated and leaves" if len(left) == 1 else "is instantiated and leaves these"
    return ProjectHit(
        found.interface.path,
        definition.header,
        definition.symbol,
        f"class {definition.symbol}: {names}",
        f"{definition.name} {what} abstract: {names}",
        related=tuple(related),
    )


def _left_abstract(project: Project, found: Found) -> list[str | Found]:
    """What a class does not implement, by name where it comes from outside; nothing where that is not certain."""
    lineage = project.lineage(found)
    outside = {c for c in lineage if isinstance(c, str)}
    metaclasses = project.metaclasses(found)
    known = all(base in _EMPTY_BASES or _collection(base) for base in outside)
    if found.definition.conditional or not known or not metaclasses <= {"abc.ABCMeta"}:
        return []
    if not metaclasses and outside <= _EMPTY_BASES - _ABSTRACT_BASES:
        return []
    bound: dict[str, str | Found | None] = {}
    for item in lineage:
        if isinstance(item, str):
            kind = _collection(item)
            for name in dir(kind) if kind else ():
                bound.setdefault(name, name if name in kind.__abstractmethods__ else None)
            continue
        if not _KEEPING.issuperset(item.definition.decorators) or "__new__" in project.members(item):
            return []
        for name, method in _abstract_or_not(project, item).items():
            bound.setdefault(name, method)
    left = {name: method for name, method in bound.items() if method is not None}
    owners = {"cls", "klass", *(c.definition.name for c in lineage if isinstance(c, Found))}
    if any(f"{owner}.{name}" in project.patches for owner in owners for name in (*left, "__abstractmethods__")):
        return []
    if any(isinstance(m, Found) and m.definition.conditional for m in left.values()):
        return []
    return [left[name] for name in sorted(left)]


def _abstract_or_not(project: Project, item: Found) -> dict[str, Found | None]:
    """Each name that the body of a class binds, with its definition where that is abstract."""
    definitions = project.definitions(item.interface)
    found: dict[str, Found | None] = {}
    for name in project.members(item):
        if "." in name:
            continue  # it belongs to a class in the class
        definition = definitions.get(f"{item.definition.symbol}.{name}")
        abstract = definition is not None and definition.abstract and name not in item.definition.names
        found[name] = Found(item.interface, definition) if definition is not None and abstract else None
    return found


def _collection(base: str) -> Any:
    """The abstract class of ``collections.abc`` that a dotted name stands for; None for any other name."""
    module, _, name = base.rpartition(".")
    if module == "typing":
        name = {"AbstractSet": "Set", "Set": ""}.get(name, name)
    kind = getattr(collections.abc, name, None) if module in {"collections.abc", "typing"} else None
    return kind if isinstance(kind, type) and hasattr(kind, "__abstractmethods__") else None
