"""``remember``: puts a note, a fact, a decision, an instruction, a goal, a value or a project into memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory import Item, Memory
    from nova.tools import World
    from nova.tools._memory import Place


def effect(
    _world: World, /, *, text: str, kind: str = "note", subject: str = "", everywhere: bool = False, **_: Any
) -> str:
    """What a call would do, for the person who approves it."""
    about = f" on {subject}" if subject else ""
    return f"remember the {kind}{about}: {text}" + ("  (for all your work)" if everywhere else "")


def work(  # noqa: PLR0913 - what may be told of an item
    key: str,
    world: World,
    /,
    *,
    text: str,
    kind: str = "note",
    subject: str = "",
    predicate: str = "",
    because: str = "",
    everywhere: bool = False,
    when: str = "",
    source: str = "",
    shown: Sequence[str] = (),
) -> dict[str, Any]:
    """Record a text as it stands, for the target or for all work; with a predicate it replaces the value before.

    Goals and values with a ``subject`` belong to that project, or else to the active one where there is one; a text of
    the kind ``project`` is the name of one. ``shown`` are texts that recall put forward in this turn: what only
    echoes them is not recorded (``item`` is None), and neither is what is known word for word (``new`` is false then).
    """
    from memory import Item, Kind
    from nova.errors import UsageError
    from nova.recall import is_echo
    from nova.tools._ground import memory_of
    from nova.tools._memory import SOURCE, now, place_of, plain
    from nova.tools._no_secrets import refuse_secrets

    if kind not in tuple(Kind):
        raise UsageError(f"{kind} is no kind of memory", next_step=f"one of: {', '.join(Kind)}")
    if not text.strip():
        raise UsageError("there is nothing to remember: the text is empty")
    refuse_secrets(f"{text} {because}")
    place, at = place_of(world), now()
    told = Item(
        "",
        kind,
        subject.strip(),
        predicate.strip(),
        text,
        because.strip(),
        place.who,
        source or SOURCE,
        when or at,
        at,
    )
    with memory_of(world) as memory:
        made = _recorded(memory, place, key)
        if made is None and is_echo(text, shown):
            return {"item": None, "new": False, "echo": True, "replaced": [], "holds_for": ""}
        scope, item, new = made or _made(memory, place, key, told, everywhere)
        replaced = [plain(i, scope) for i in memory.items(scope) if new and i.superseded_by == item.id]
    return {
        "item": plain(item, scope), "new": new, "echo": False, "replaced": replaced, "holds_for": place.words(scope)
    }  # fmt: skip


def _recorded(memory: Memory, place: Place, key: str) -> tuple[str, Item, bool] | None:
    """What was recorded under this key before."""
    from memory import item_id

    for scope in place.scopes:
        name = item_id(scope, key)
        for item in memory.items(scope):
            if item.id == name:
                return scope, item, True
    return None


def _made(memory: Memory, place: Place, key: str, item: Item, everywhere: bool) -> tuple[str, Item, bool]:
    """Record an item where it belongs; one that is known word for word is left as it is."""
    from memory import Kind
    from nova import projects

    wide = memory.items(projects.EVERYWHERE)
    if item.kind == Kind.PROJECT:
        return _project(memory, wide, key, item)
    scope = projects.EVERYWHERE if everywhere else place.key
    if item.kind in {Kind.GOAL, Kind.VALUE}:
        known = projects.projects(wide)
        if item.subject and item.subject.casefold() != place.name.casefold():
            item, scope = replace(item, subject=projects.named(known, item.subject).name), projects.EVERYWHERE
        elif not item.subject and (active := projects.active(known, place.name)) is not None:
            item, scope = replace(item, subject=active.name), projects.EVERYWHERE
    there = _same(memory.items(scope), item)
    return (scope, there, False) if there else (scope, memory.remember(item, scope, key), True)


def _project(memory: Memory, wide: Sequence[Item], key: str, item: Item) -> tuple[str, Item, bool]:
    """Begin a project; the item that says so is recorded under the key of the call."""
    from nova import projects

    changes = projects.add(wide, item.value, projects.Teller(item.who, item.valid_from, item.source))
    if not changes:
        name = projects.named(projects.projects(wide), " ".join(item.value.split())).name
        told = next(i for i in wide if i.holds and i.subject == name and i.predicate == projects.STATE)
        return projects.EVERYWHERE, told, False
    first, *rest = changes
    projects.record(memory, rest)
    begun = replace(first.item, because=item.because)
    return projects.EVERYWHERE, memory.remember(begun, projects.EVERYWHERE, key), True


def _same(items: Iterable[Item], item: Item) -> Item | None:
    from memory import same_words

    mark = (item.kind, item.subject.casefold(), item.predicate)
    return next(
        (i for i in items if i.holds and (i.kind, i.subject.casefold(), i.predicate) == mark
         and same_words(i.value, item.value)),
        None,
    )  # fmt: skip


TOOL = Tool(
    "remember", "Puts a note, fact, decision, instruction, goal, value or project into memory.", work,
    writes=True, effect=effect,
)  # fmt: skip
