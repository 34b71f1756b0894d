"""Projects with their goals and values: read from the memories of a person, and the changes that keep them. Pure.

A change comes as the items to record (``Change``); ``record`` is the thin shell that does so. What is already so
gives no change, and the key of a change is made from what is there: two processes that do the same record it once.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory import Item, Kind, item_id, same_words
from memory.item import plain_words
from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory import Memory

EVERYWHERE = ""
"""The scope in which projects are kept: they are a person's, not a repository's."""
STATE, ACTIVE, TARGET = "state", "active", "target "
OPEN, ARCHIVED = "open", "archived"
LONGEST = 60
"""Characters of a project's name."""
SHORTEST_ID = 4
"""Characters of an id, from which on a word is taken for the beginning of one."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal or a value, and until when it was one; ``ended`` is None while it is."""

    id: str
    text: str
    since: str
    ended: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What a person works on."""

    name: str
    since: str
    archived: bool = False
    active: bool = False
    targets: tuple[str, ...] = ()
    goals: tuple[Aim, ...] = ()
    """Those that are not reached yet."""
    reached: tuple[Aim, ...] = ()
    values: tuple[Aim, ...] = ()
    given_up: tuple[Aim, ...] = ()
    """What were values once."""


@dataclass(frozen=True, slots=True)
class Change:
    """An item to record under a key, and the id of the one whose place it takes."""

    item: Item
    key: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """Who changes something, when (ISO 8601 in UTC), and by which command."""

    who: str
    when: str
    source: str = "nova project"


def record(memory: Memory, changes: Iterable[Change]) -> None:
    """Put changes into memory, in order."""
    for change in changes:
        memory.remember(change.item, EVERYWHERE, change.key, replaces=change.replaces)


def kept(memory: Memory) -> list[Item]:
    """The items that tell of projects: their state, goals and values, and the notes that ended those."""
    found = memory.items(EVERYWHERE, (Kind.PROJECT, Kind.GOAL, Kind.VALUE))
    return [*found, *memory.some(EVERYWHERE, {one.superseded_by for one in found if one.superseded_by})]


def projects(items: Sequence[Item]) -> tuple[Project, ...]:
    """All projects, in the order in which they were begun."""
    present = _present(items)
    found = []
    for name, first in _begun(items).items():
        state = next((i for i in items if i.holds and _is_state(i) and i.subject == name), None)
        archived = state is None or state.value == ARCHIVED
        goals = [i for i in items if i.kind == Kind.GOAL and i.subject == name]
        values = [i for i in items if i.kind == Kind.VALUE and i.subject == name]
        targets = [i.value for i in items if i.holds and _is_target(i) and i.subject == name]
        found.append(
            Project(
                name, first.valid_from, archived, present == name and not archived, tuple(dict.fromkeys(targets)),
                tuple(_aim(i) for i in goals if i.holds), tuple(_aim(i) for i in goals if _has_ended(i, items)),
                tuple(_aim(i) for i in values if i.holds), tuple(_aim(i) for i in values if _has_ended(i, items)),
            )
        )  # fmt: skip
    return tuple(found)


def active(known: Iterable[Project], target: str = "") -> Project | None:
    """The project that the person chose; where none is chosen, the only open one that has the target."""
    every = [project for project in known if not project.archived]
    chosen = [project for project in every if project.active]
    fits = chosen or [project for project in every if target and target in project.targets]
    return fits[0] if len(fits) == 1 else None


def named(known: Sequence[Project], name: str) -> Project:
    """The project of that name, case aside.

    Raises ``UsageError`` where there is none, naming the nearest.
    """
    fits = [p for p in known if p.name == name] or [p for p in known if p.name.casefold() == name.casefold()]
    if fits:
        return fits[0]
    if not known:
        raise UsageError(f"there is no project {name}", why="none is kept yet", next_step=f'nova project add "{name}"')
    near = _nearest(name, [p.name for p in known])
    told = f"did you mean {near}?" if near else f"known: {', '.join(p.name for p in known)}"
    raise UsageError(f"there is no project {name}", next_step=f'{told}  (to begin it: nova project add "{name}")')


def add(
    items: Sequence[Item],
    name: str,
    by: Teller,
    goals: Iterable[str] = (),
    values: Iterable[str] = (),
    targets: Iterable[str] = (),
) -> tuple[Change, ...]:
    """What begins a project, or opens an archived one again, and gives it what it lacks of goals, values and targets.

    Raises ``UsageError`` for a name that cannot be one.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise UsageError(
            "a project needs a name" if not name else f"the name of a project has at most {LONGEST} characters",
            next_step='nova project add shop --goal "orders arrive once"',
        )
    known = {p.name.casefold(): p for p in projects(items)}
    project = known.get(name.casefold())
    name = project.name if project else name
    made: list[Change] = []
    if project is None or project.archived:
        made.append(_change(items, Kind.PROJECT, name, STATE, OPEN, by))
    had = project.targets if project else ()
    made += [
        _change(items, Kind.PROJECT, name, TARGET + t, t, by) for t in dict.fromkeys(targets) if t not in had
    ]  # fmt: skip
    for kind, texts, aims in (
        (Kind.GOAL, goals, project.goals if project else ()),
        (Kind.VALUE, values, project.values if project else ()),
    ):
        told = [aim.text for aim in aims]
        for text in texts:
            if not plain_words(text):
                raise UsageError(f"the {kind.value} is empty", next_step=f'say it in words:  --{kind.value} "..."')
            if not any(same_words(text, other) for other in told):
                told.append(text)
                made.append(_change(items, kind, name, "", text.strip(), by))
    if project is None and active(known.values()) is None:
        made += use(items, Project(name, by.when), by)
    return tuple(made)


def use(items: Sequence[Item], project: Project, by: Teller) -> tuple[Change, ...]:
    """What makes a project the active one. Raises ``UsageError`` for an archived one."""
    if project.archived:
        raise UsageError(
            f"{project.name} is archived", next_step=f'open it again:  nova project add "{project.name}"'
        )  # fmt: skip
    return () if project.active else (_change(items, Kind.PROJECT, "", ACTIVE, project.name, by),)


def archive(items: Sequence[Item], project: Project, by: Teller) -> tuple[Change, ...]:
    """What archives a project: it and its goals stay readable, and nobody is shown them any more."""
    return () if project.archived else (_change(items, Kind.PROJECT, project.name, STATE, ARCHIVED, by),)


def reach(items: Sequence[Item], project: Project, word: str, by: Teller) -> tuple[Change, ...]:
    """What closes a goal, named by its id or its words, because it is reached; nothing where it was before."""
    aim = meant(project.goals, project.reached, word, "goal", project.name)
    return _ended(items, project, aim, "Goal reached", by) if aim.ended is None else ()


def drop(items: Sequence[Item], project: Project, word: str, by: Teller) -> tuple[Change, ...]:
    """What closes a value, named by its id or its words, because it is none any more; nothing where it was before."""
    aim = meant(project.values, project.given_up, word, "value", project.name)
    return _ended(items, project, aim, "Value given up", by) if aim.ended is None else ()


def meant(present: Sequence[Aim], past: Sequence[Aim], word: str, noun: str, project: str) -> Aim:
    """The goal or value that the beginning of an id, its words, or words out of it name; a present one goes first.

    Raises ``UsageError`` where none or several fit.
    """
    low = " ".join(plain_words(word))
    for exactly in (True, False):
        for aims in (present, past):
            fits = [aim for aim in aims if _fits(aim, word, low, exactly)]
            if len(fits) > 1 and aims is present:
                told = "; ".join(f"{aim.id[:8]} {aim.text}" for aim in fits)
                raise UsageError(
                    f"{word} fits {len(fits)} {noun}s of {project}", next_step=f"name one by its id:  {told}"
                )
            if fits:
                return fits[-1]
    near = _nearest(word, [aim.text for aim in present])
    hint = f'did you mean "{near}"?' if near else f'nova project show "{project}"  lists them'
    raise UsageError(f"{project} has no {noun} {word}", why="" if present else f"it has no {noun}s", next_step=hint)


def _fits(aim: Aim, word: str, low: str, exactly: bool) -> bool:
    if exactly:
        return bool(low) and (same_words(aim.text, word) or (len(word) >= SHORTEST_ID and aim.id.startswith(word)))
    return bool(low) and f" {low}" in f" {' '.join(plain_words(aim.text))}"


def _ended(items: Sequence[Item], project: Project, aim: Aim, said: str, by: Teller) -> tuple[Change, ...]:
    change = _change(items, Kind.NOTE, project.name, "", f"{said}: {aim.text}", by)
    return (replace(change, replaces=aim.id),)


def _change(items: Sequence[Item], kind: Kind, subject: str, predicate: str, value: str, by: Teller) -> Change:
    item = Item("", kind.value, subject, predicate, value, "", by.who, by.source, by.when, by.when)
    there = {one.id for one in items}
    number = 0
    base = "\0".join(("project", kind, subject, predicate, " ".join(plain_words(value))))
    while item_id(EVERYWHERE, key := f"{base}\0{number}") in there:
        number += 1
    return Change(item, key)


def _begun(items: Iterable[Item]) -> dict[str, Item]:
    begun: dict[str, Item] = {}
    for item in items:
        if _is_state(item):
            begun.setdefault(item.subject, item)
    return begun


def _present(items: Iterable[Item]) -> str:
    chosen = [i.value for i in items if i.holds and i.kind == Kind.PROJECT and not i.subject and i.predicate == ACTIVE]
    return chosen[-1] if chosen else ""


def _is_state(item: Item) -> bool:
    return item.kind == Kind.PROJECT and item.predicate == STATE and bool(item.subject) and not item.forgotten


def _is_target(item: Item) -> bool:
    return item.kind == Kind.PROJECT and item.predicate.startswith(TARGET) and bool(item.subject)


def _has_ended(item: Item, items: Iterable[Item]) -> bool:
    """Whether a goal or a value was closed by its end, not by other words for it."""
    if item.holds or item.forgotten:
        return False
    return any(other.id == item.superseded_by and other.kind == Kind.NOTE for other in items)


def _aim(item: Item) -> Aim:
    return Aim(item.id, item.value, item.valid_from, item.closed_at, item.source)


def _nearest(word: str, known: Iterable[str]) -> str:
    by_low = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_low, n=1, cutoff=0.5)
    return by_low[near[0]] if near else ""
