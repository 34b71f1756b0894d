"""``forget``: takes a memory's texts away, so that nothing can bring them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World


def effect(world: World, /, *, id: str, **_: Any) -> str:  # noqa: A002 - the field's word
    """What a call would do, for the person who approves it."""
    from nova.tools._memory import shown

    return f"forget for good, so that nothing can bring it back: {shown(world, id)}"


def work(_key: str, world: World, /, *, id: str) -> dict[str, Any]:  # noqa: A002 - the field's word
    """Forget the memory with this id. The answer does not hold its texts, and is the same when it is gone already.

    Raises ``UsageError`` where the id names none, or a project's state.
    """
    from memory import Kind
    from nova.errors import UsageError
    from nova.tools._ground import memory_of
    from nova.tools._memory import found, now, place_of

    place = place_of(world)
    with memory_of(world) as memory:
        scope, item = found(memory, place, id)
        if item.kind == Kind.PROJECT:
            raise UsageError("a project is archived, not forgotten", next_step="nova project archive NAME")
        if not item.forgotten:
            memory.forget(scope, item.id, place.who, now())
    return {"forgotten": item.id, "kind": item.kind, "scope": "target" if scope else "everywhere"}


TOOL = Tool("forget", "Takes a memory's texts away for good.", work, writes=True, effect=effect)
