"""``remember``: puts a note, a fact, a decision, an instruction, a goal, a value or a project into memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    from memory import Item
    from memory.copies import is_echo
    from memory.item import KEPT
    from nova.errors import UsageError
    from nova.tools._ground import memory_of
    from nova.tools._memory import SOURCE, now, place_of, plain
    from nova.tools._no_secrets import refuse_secrets

    if kind not in KEPT:
        raise UsageError(f"{kind} is no kind of memory", next_step=f"one of: {', '.join(KEPT)}")
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
        replaced = [plain(i, scope) for i in memory.closed_by(scope, item.id)] if new else []
    return {
        "item": plain(item, scope), "new": new, "echo": False, "replaced": replaced, "holds_for": place.words(scope)
    }  # fmt: skip


def _recorded(memory: Memory, place: Place, key: str) -> tuple[str, Item, bool] | None:
    """What was recorded under this key before."""
    from memory import item_id

    for scope in place.scopes:
        item = memory.item(scope, item_id(scope, key))
        if item is not None:
            return scope, item, True
    return None


def _made(memory: Memory, place: Place, key: str, item: Item, everywhere: bool) -> tuple[str, Item, bool]:
    """Record an item where it belongs; one that is known word for word is left as it is."""
    from memory import Draft, Kind
    from nova import projects

    wide = projects.kept(memory)
    if item.kind == Kind.PROJECT:
        return _project(memory, wide, key, item)
    scope = projects.EVERYWHERE if everywhere else place.key
    if item.kind in {Kind.GOAL, Kind.VALUE}:
        known = projects.projects(wide)
        if item.subject and item.subject.casefold() != place.name.casefold():
            item, scope = replace(item, subject=projects.named(known, item.subject).name), projects.EVERYWHERE
        elif not item.subject and (active := projects.active(known, place.name)) is not None:
            item, scope = replace(item, subject=active.name), projects.EVERYWHERE
    (taken,) = memory.take([Draft(item, scope, key)])
    return scope, taken.item, taken.outcome in {"new", "known"}


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


TOOL = Tool(
    "remember", "Puts a note, fact, decision, instruction, goal, value or project into memory.", work,
    writes=True, effect=effect,
)  # fmt: skip
