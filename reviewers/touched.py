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
    to it stands, and where a class is defined that a touched class inherits from. Names that are spelt alike count as
    one, which only adds files.
    """
    now = {i.path: i for i in project.interfaces}
    pairs = [(old or _blank(now[path]), now[path]) for path, old in before.items()] + [(i, _blank(i)) for i in gone]
    felt = set(before)
    words: set[str] = set()
    loose: set[str] = set()
    attributes: set[str] = set()
    if len(pairs) > MOST_FILES or any(_is_all_felt(project, old, new) for old, new in pairs):
        return None
    for old, new in pairs:
        changed = _changed_definitions(old, new)
        if before.get(old.path) is None:  # it is new, or gone
            words.add(new.module.rpartition(".")[2])
            felt.update(i.path for i in project.interfaces if i.module == new.module)
        if before.get(old.path) is not None or _is_mentioned(project, new.module):
            bindings = _changed_bindings(old, new)
            words.update(bindings, (symbol.partition(".")[0] for symbol in changed))
            loose.update(bindings, (s.rpartition(".")[2] for s in changed if _kinds(old, s) != _kinds(new, s)))
        words |= _vouching(project, old, new)
        attributes |= (old.assigned ^ new.assigned) | _members(old, changed) | _members(new, changed)
        felt |= _above(project, old, new, changed)
    felt.update(path for path, i in now.items() if _takes(i, attributes))
    texts = {path: f"{i.defined}\n{i.imported}\n{i.called}" for path, i in now.items()}
    fresh = words = words - {"", "*"}
    loose &= words
    while fresh:
        if len(words) > MOST_WORDS:
            return None
        mentioning = _mentioning(texts, fresh)
        felt |= mentioning
        fresh = {name for path in mentioning for name in _led_to(now[path], words)} - words
        words = words | fresh
        loose.update(name for path in mentioning for name in _renamed(now[path], loose))
        methods = {m for path in mentioning for m in _members(now[path], _built_on(now[path], loose))} - attributes
        felt.update(path for path, i in now.items() if _takes(i, methods))
        attributes |= methods
    return frozenset(felt)


def _blank(like: Interface) -> Interface:
    """A file as it is where it is not there."""
    return Interface(like.path, like.module, like.marks, stars=like.stars)


def _is_all_felt(project: Project, old: Interface, new: Interface) -> bool:
    """Whether what a module holds, or takes from others, has become certain or uncertain as a whole."""
    if (old.module, old.marks, old.stars) != (new.module, new.marks, new.stars):
        return True
    is_other = not (old.defined or old.imported or old.bound) or not (new.defined or new.imported or new.bound)
    return is_other and any(new.module in i.star_imports for i in project.interfaces)


def _changed_definitions(old: Interface, new: Interface) -> set[str]:
    """The symbols of which something else is to be seen than before, wherever they stand."""
    was, is_now = _shapes(old.definitions), _shapes(new.definitions)
    return {symbol for symbol in was.keys() | is_now.keys() if was.get(symbol) != is_now.get(symbol)}


def _shapes(definitions: Iterable[Definition]) -> dict[str, list[Definition]]:
    shapes: dict[str, list[Definition]] = {}
    for d in definitions:
        shapes.setdefault(d.symbol, []).append(replace(d, line=0, column=0, end_line=0))
    return shapes


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


def _kinds(interface: Interface, symbol: str) -> list[tuple[str, bool]]:
    """What a symbol is in a file, and whether that is certain: it decides what it is as a base."""
    return [(d.kind, d.conditional) for d in interface.definitions if d.symbol == symbol]


def _renamed(interface: Interface, words: Collection[str]) -> set[str]:
    """What a file calls touched names that it imports as something else."""
    return {i.local for i in interface.imports if i.name in words and i.local != i.name}


def _members(interface: Interface, symbols: Collection[str]) -> set[str]:
    """The names of the methods that are among some definitions, or stand in a class that is.

    Of a class whose bases are not certain every call of a method by that name may be one of its own.
    """
    inner = [d for d in interface.definitions if "." in d.symbol]
    return {d.name for d in inner if d.symbol in symbols or d.symbol.rpartition(".")[0] in symbols}


def _built_on(interface: Interface, words: Collection[str]) -> set[str]:
    """The classes with a base that a touched name may stand for."""
    return {d.symbol for d in interface.definitions if any(p in words for b in d.bases for p in b.split("."))}


def _takes(interface: Interface, attributes: Collection[str]) -> bool:
    """Whether a file calls, or imports, something by one of the names of attributes."""
    return any(f".{name} " in interface.called or f" {name}," in interface.imported for name in attributes)


def _above(project: Project, old: Interface, new: Interface, changed: Collection[str]) -> set[str]:
    """The files of the classes that changed classes inherit from, or did before."""
    holders = {symbol.rpartition(".")[0] for symbol in changed}.union(changed)
    bases = {b.rpartition(".")[2] for d in old.definitions if d.symbol in holders for b in d.bases}
    classes = [Found(new, d) for d in new.definitions if d.kind == "class" and d.symbol in holders]
    for i in project.interfaces if bases else ():
        if any(f",{base}," in i.defined for base in bases):
            classes += [Found(i, d) for d in i.definitions if d.kind == "class" and d.name in bases]
    lines = [project.lineage(found) for found in classes]
    return {item.interface.path for line in lines for item in line if isinstance(item, Found)}


def _is_mentioned(project: Project, module: str) -> bool:
    """Whether any other file may import a module, or something from it."""
    name = module.rpartition(".")[2]
    return any(name in i.imported for i in project.interfaces if i.module != module)


def _mentioning(texts: Mapping[str, str], words: Collection[str]) -> set[str]:
    """The files in which one of the words stands."""
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    return {path for path, text in texts.items() if any(w in text for w in words) and whole.search(text)}


def _led_to(interface: Interface, words: Collection[str]) -> Iterable[str]:
    """Other names by which a file hands on what is touched: what it imports as something else, and subclasses."""
    yield from _renamed(interface, words)
    for symbol in _built_on(interface, words):
        yield symbol.rpartition(".")[2]
