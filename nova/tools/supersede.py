"""``supersede``: puts a new text in the place of a memory; both stay readable, each with the time in which it held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def effect(world: World, /, *, id: str, text: str, **_: Any) -> str:  # noqa: A002 - the field's word
    """What a call would do, for the person who approves it."""
    from nova.tools._memory import shown

    return f'put "{text}" in the place of {shown(world, id)}'


def work(
    key: str,
    world: World,
    /,
    *,
    id: str,  # noqa: A002 - the field's word
    text: str,
    because: str = "",
    when: str = "",
    source: str = "",
) -> dict[str, Any]:
    """Close the memory with this id, from ``when`` on, in favour of a new text of its kind, subject and scope.

    Raises ``UsageError`` where the id names none, or one that no longer holds.
    """
    from dataclasses import replace

    from memory import Kind, item_id
    from nova.errors import UsageError
    from nova.tools._ground import memory_of
    from nova.tools._memory import SOURCE, found, now, place_of, plain
    from nova.tools._no_secrets import refuse_secrets

    if not text.strip():
        raise UsageError("there is nothing to remember: the text is empty")
    refuse_secrets(f"{text} {because}")
    place = place_of(world)
    with memory_of(world) as memory:
        scope, old = found(memory, place, id)
        name = item_id(scope, key)
        new = memory.item(scope, name)
        if new is None:
            if not old.holds:
                raise UsageError(
                    f"memory {old.id[:8]} no longer holds",
                    why="it was forgotten" if old.forgotten else f"it was replaced by {(old.superseded_by or '')[:8]}",
                    next_step="replace the one that holds, or remember the text as a new one",
                )
            if old.kind == Kind.PROJECT:
                raise UsageError("a project is not replaced by words", next_step="nova project --help")
            recorded = now()
            made = replace(
                old, value=text, because=because, who=place.who, source=source or SOURCE,
                valid_from=when or recorded, recorded_at=recorded,
            )  # fmt: skip
            new = memory.remember(made, scope, key, replaces=old.id)
            _, old = found(memory, place, old.id)
    return {"old": plain(old, scope), "new": plain(new, scope), "holds_for": place.words(scope)}


TOOL = Tool("supersede", "Puts a new text in the place of a memory.", work, writes=True, effect=effect)
