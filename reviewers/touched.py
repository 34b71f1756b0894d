"""Which files of a project a change can be felt in: by the names that it touches, and what leads to those names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewers.finding import Span
from reviewers.interface import Interface
from reviewers.project import Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reviewers.interface import Definition, Import
    from reviewers.project import Project

_NOWHERE = Span(0, 0, 0, 0)
_CONSTRUCTORS = frozenset({"__init__", "__new__"})
_CALLED = re.compile(r"\.(\w+) \d")
"""The last name of what is called, in the text that ``packed`` keeps."""
_WORD = re.compile(r"[. ]([^\W\d]\w*)")
"""Likewise every part of a dotted name but the first, and what is imported from one."""
FEW_WORDS = 12
"""So many are looked for one by one before a text is taken apart."""
MOST_FILES = 40
MOST_WORDS = 150
"""Beyond so many changed files or touched names, looking at every file again costs no more."""


def affected(
    project: Project, before: Mapping[str, Interface | None], gone: Sequence[Interface] = ()
) -> frozenset[str] | None:
    """The paths in which a rule that looks at one file after the other may now see something else; None for all.

    ``before`` holds the changed files as they were, None for a new one; ``gone`` the files that are there no more. A
    rule looks from a file along the names that stand in it: to what they are imported from, to the classes that these
    inherit from, and from a class to its subclasses. So a change is felt where a touched name stands, where what leads
    to it stands, and where a class is defined that a touched class inherits from. A method is only found by its own
    name. Names that are spelt alike count as one, which only adds files.
    """
    now = {i.path: i for i in project.interfaces}
    pairs = [(old or _blank(now[path]), now[path]) for path, old in before.items()] + [(i, _blank(i)) for i in gone]
    if len(pairs) > MOST_FILES or any(_is_all_felt(project, old, new) for old, new in pairs):
        return None
    felt = set(before)
    words: set[str] = set()
    tops: set[str] = set()
    loose: set[str] = set()
    called: set[str] = set()
    for old, new in pairs:
        is_other = before.get(old.path) is None  # it is new, or gone
        changed = _changed_definitions(old, new)
        shown = {symbol for symbol in changed if not _is_mere_method(old, new, symbol)}
        if is_other:
            words.add(new.module.rpartition(".")[2])
            tops.add(new.module.rpartition(".")[2])  # what lies beside a script may be meant by it
            felt.update(i.path for i in project.interfaces if i.module == new.module)
        if not is_other or _is_mentioned(project, new.module):
            bindings = _changed_bindings(old, new)
            words.update(bindings, *map(_spellings, shown))
            loose.update(bindings, (_top(s) for s in shown if _is_other_kind(old, new, s)))
        tops |= _vouching(project, old, new)
        assigned = old.assigned ^ new.assigned
        felt.update(path for path, i in now.items() if any(f" {name}," in i.imported for name in assigned))
        called |= assigned | _members(old, changed) | _members(new, changed)
        felt |= _above(project, old, new, shown)
    words = project.kin.descendants((words - {"", "*"}) | project.kin.below(tops))
    if len(words) > MOST_WORDS:
        return None
    called |= _freed(project, loose & words)
    return frozenset(felt | _mentioning(project, words, tops) | _calling(project, called))


def _blank(like: Interface) -> Interface:
    """A file as it is where it is not there."""
    return Interface(like.path, like.module, like.marks.replace("h", ""), stars=like.stars)


def _is_all_felt(project: Project, old: Interface, new: Interface) -> bool:
    """Whether what a module holds, or takes from others, has become certain or uncertain as a whole."""
    if (old.module, old.marks, old.stars) != (new.module, new.marks, new.stars):
        return True
    is_other = not (old.defined or old.imported or old.bound) or not (new.defined or new.imported or new.bound)
    return is_other and any(new.module in i.star_imports for i in project.interfaces)


def _changed_definitions(old: Interface, new: Interface) -> set[str]:
    """The symbols of which something else is to be seen than before, wherever they stand."""
    if old.defined == new.defined:
        return set()
    was, is_now = _shapes(old.definitions), _shapes(new.definitions)
    return {symbol for symbol in was.keys() | is_now.keys() if was.get(symbol) != is_now.get(symbol)}


def _shapes(definitions: Iterable[Definition]) -> dict[str, list[Definition]]:
    shapes: dict[str, list[Definition]] = {}
    for d in definitions:
        shapes.setdefault(d.symbol, []).append(replace(d, line=0, column=0, end_line=0))
    return shapes


def _is_mere_method(old: Interface, new: Interface, symbol: str) -> bool:
    """Whether a symbol can only be reached by calling it as an attribute: no import, base or constructor does it."""
    if "." not in symbol or symbol.rpartition(".")[2] in _CONSTRUCTORS:
        return False
    return not _is_class(old, symbol) and not _is_class(new, symbol)


def _is_class(interface: Interface, symbol: str) -> bool:
    return any(d.kind == "class" for d in interface.definitions if d.symbol == symbol)


def _is_other_kind(old: Interface, new: Interface, symbol: str) -> bool:
    """Whether a symbol that may stand as a base has become something else, or more or less certain."""
    return symbol.rpartition(".")[2] not in _CONSTRUCTORS and _kinds(old, symbol) != _kinds(new, symbol)


def _kinds(interface: Interface, symbol: str) -> list[tuple[str, bool]]:
    return [(d.kind, d.conditional) for d in interface.definitions if d.symbol == symbol]


def _top(symbol: str) -> str:
    return symbol.partition(".")[0]


def _spellings(symbol: str) -> set[str]:
    """The words by which other files know a symbol; ``_name`` may be what makes a module's ``name``."""
    return {_top(symbol), _top(symbol).removeprefix("_")}


def _changed_bindings(old: Interface, new: Interface) -> set[str]:
    """The names that imports and assignments now bind, or no longer bind, or bind otherwise."""
    words = set(old.rebound ^ new.rebound)
    for i in _taken(old) ^ _taken(new):
        words |= {i.name, i.local.partition(".")[0]}
    return words


def _taken(interface: Interface) -> set[Import]:
    return {replace(i, span=_NOWHERE) for i in interface.imports}


def _vouching(project: Project, old: Interface, new: Interface) -> set[str]:
    """The packages for which an import vouches that they are the project's own, or no longer does."""
    modules = {i.module for i in _taken(old) ^ _taken(new)}
    found = [project.modules[m] for m in modules if m in project.modules]
    odd = [i for i in found if not i.path.startswith(("src/", "lib/", i.module.replace(".", "/")))]
    return {i.module.partition(".")[0] for i in odd}


def _members(interface: Interface, symbols: Collection[str]) -> set[str]:
    """The names of the methods that are among some definitions, or stand in a class that is.

    Of a class whose bases are not certain every call of a method by that name may be one of its own.
    """
    inner = [d for d in interface.definitions if "." in d.symbol] if symbols else []
    return {d.name for d in inner if d.symbol in symbols or d.symbol.rpartition(".")[0] in symbols}


def _above(project: Project, old: Interface, new: Interface, changed: Collection[str]) -> set[str]:
    """The files of the classes that changed classes inherit from, or did before."""
    if not changed:
        return set()
    bases = {b.rpartition(".")[2] for d in old.definitions if d.symbol in changed for b in d.bases}
    classes = [Found(new, d) for d in new.definitions if d.kind == "class" and d.symbol in changed]
    for i in project.interfaces if bases else ():
        if any(f",{base}," in i.defined for base in bases):
            classes += [Found(i, d) for d in i.definitions if d.kind == "class" and d.name in bases]
    lines = [project.lineage(found) for found in classes]
    return {item.interface.path for line in lines for item in line if isinstance(item, Found)}


def _is_mentioned(project: Project, module: str) -> bool:
    """Whether any other file may import a module, or something from it."""
    name = module.rpartition(".")[2]
    return any(name in i.imported for i in project.interfaces if i.module != module)


def _mentioning(project: Project, words: set[str], tops: Collection[str]) -> set[str]:
    """The files in which one of some words leads to what they import, call or build a class on.

    What a dotted name begins with is a module or package at the top, and only ``tops`` are such.
    """
    found = {interface.path for interface, _ in project.kin.heirs(words)}
    is_few = len(words) <= FEW_WORDS and not tops
    for i in project.interfaces:
        text = f"{i.imported};{i.called}"
        if is_few and not any(name in text for name in words):
            continue
        if not words.isdisjoint(_WORD.findall(text)) or any(f";{top}" in f";{text}" for top in tops):
            found.add(i.path)
    return found


def _freed(project: Project, words: Collection[str]) -> set[str]:
    """The methods of classes that may inherit from anything, or no longer do, as what they are built on has changed."""
    heirs = project.kin.heirs(project.kin.called(words))
    classes = [(i, {d.symbol for d in i.definitions if d.name == name}) for i, name in heirs]
    return {name for interface, symbols in classes for name in _members(interface, symbols)}


def _calling(project: Project, names: set[str]) -> set[str]:
    """The files that call an attribute by one of some names."""
    if not names:
        return set()
    return {i.path for i in project.interfaces if not names.isdisjoint(_CALLED.findall(i.called))}
