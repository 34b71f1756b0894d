"""Which classes may inherit from which, by the names in their headers alone: cheap to ask, before a file is read back.

Every answer holds all that it should, and may hold more: names that are spelt alike count as one.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewers.interface import Interface

_HEADER = re.compile(r";c\d+,([^,;]*),[^,;]*,[^,;]*,[^,;]*,[^,;]*,([^,;]+),")
"""Of a record of ``packed``: the name of a class and its bases."""
_RENAMED = re.compile(r" (\w+),\d+,\d+,(\w+)")
"""Likewise an imported name and what it is called instead."""


class _Header(NamedTuple):
    file: int
    name: str
    bases: str


class Kin:
    """The headers of all classes of a project."""

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self._interfaces = interfaces

    @cached_property
    def _headers(self) -> list[_Header]:
        """Those of the classes that have bases, in the order of files."""
        texts = ((n, i.defined) for n, i in enumerate(self._interfaces) if "c" in i.defined)
        return [_Header(n, name, bases) for n, text in texts for name, bases in _HEADER.findall(f";{text}")]

    @cached_property
    def _heirs(self) -> dict[str, list[_Header]]:
        """By each name that leads to a base, what a dotted one begins with left aside: the classes built on it."""
        found: dict[str, list[_Header]] = {}
        for header in self._headers:
            for base in header.bases.split(" "):
                _, dot, rest = base.partition(".")
                for name in rest.split(".") if dot else [base]:
                    found.setdefault(name, []).append(header)
        return found

    @cached_property
    def _other_names(self) -> dict[str, set[str]]:
        """What files call a name when they import it as something else."""
        found: dict[str, set[str]] = {}
        for interface in self._interfaces:
            for name, local in _RENAMED.findall(interface.imported):
                found.setdefault(name, set()).add(local)
        return found

    def called(self, names: Iterable[str]) -> set[str]:
        """The names, and every other one by which some file may know what they stand for."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._other_names.get(name, ()))
        return found

    def heirs(self, names: Iterable[str]) -> list[tuple[Interface, str]]:
        """The file and name of each class with a base in whose dotted name one of some names stands, in order."""
        found = {(h.file, h.name) for name in names for h in self._heirs.get(name, ())}
        return [(self._interfaces[number], name) for number, name in sorted(found)]

    def descendants(self, names: Iterable[str]) -> set[str]:
        """The names, what else they are called, and the same of every class that may be built on them."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            for name in self.called([waiting.pop()]) - found:
                found.add(name)
                waiting.extend(h.name for h in self._heirs.get(name, ()))
        return found

    def below(self, packages: Iterable[str]) -> set[str]:
        """The names of the classes with a base that is found in one of some modules or packages at the top."""
        tops = frozenset(packages)
        return {h.name for h in self._headers if not tops.isdisjoint(b.partition(".")[0] for b in h.bases.split(" "))}

    def marked(self, bases: Iterable[str]) -> set[str]:
        """The names of the classes in whose header one of some bases stands, written just so."""
        wanted = frozenset(bases)
        return {h.name for h in self._headers if not wanted.isdisjoint(h.bases.split(" "))}
