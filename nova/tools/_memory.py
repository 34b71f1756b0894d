"""What the tools of memory share: where something holds, who says it, and items as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memory import Item, Memory
    from nova.targets import Target
    from nova.tools import World

SOURCE = "nova ask"


@dataclass(frozen=True, slots=True)
class Place:
    """The target that the person stands in: its key in memory, empty for none, its settings, and who they are."""

    key: str
    target: Target | None
    who: str

    @property
    def name(self) -> str:
        """The target in words; empty for none."""
        return self.target.name if self.target else ""

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where what holds here may be kept: everywhere, and the target."""
        return ("", self.key) if self.key else ("",)

    def words(self, scope: str) -> str:
        """Where something of this scope holds."""
        return (self.name or "this repository") if scope else "everywhere"


def place_of(world: World) -> Place:
    """Where the person stands. Raises ``NovaError`` for a target that is not known or wrong."""
    from nova.config import places
    from nova.git import Git
    from nova.subject import whereabouts

    key, target = whereabouts(world.folder, world.target, places())
    git = Git.at(world.folder)
    return Place(key, target, git.user() if git else "")


def found(memory: Memory, place: Place, word: str) -> tuple[str, Item]:
    """The scope and the item that an id or the beginning of one names, forgotten ones too.

    Raises ``UsageError`` where it names none, or several.
    """
    from nova.errors import UsageError

    low = word.lower()
    fits = memory.beginning(place.scopes, low) if low else []
    if len(fits) == 1:
        return fits[0]
    if fits:
        told = ", ".join(item.id for _, item in fits)
        raise UsageError(f"{word} is the beginning of {len(fits)} memories", next_step=f"one of: {told}")
    raise UsageError(f"no memory has the id {word}", next_step="ask recall; it shows ids")


def shown(world: World, word: str) -> str:
    """The memory that an id names, for the person who is asked about it; the id alone where it names none."""
    from memory.wording import text_of
    from nova.errors import UsageError
    from nova.tools._ground import memory_of

    try:
        with memory_of(world) as memory:
            _, item = found(memory, place_of(world), word)
    except UsageError as error:
        return f"memory {word[:8]} ({error.what})"
    return f'the {item.kind} "{text_of(item)}" of {item.valid_from[:10]} ({item.id[:8]})'


def plain(item: Item, scope: str) -> dict[str, Any]:
    """An item as data. ``scope`` is ``target`` or ``everywhere``; ``until`` is None while it holds."""
    return {
        "id": item.id, "kind": item.kind, "subject": item.subject, "predicate": item.predicate, "value": item.value,
        "because": item.because, "who": item.who, "source": item.source, "since": item.valid_from,
        "recorded": item.recorded_at, "until": item.closed_at, "replaced_by": item.superseded_by,
        "forgotten": item.forgotten, "scope": "target" if scope else "everywhere",
    }  # fmt: skip


def now() -> str:
    """The present moment, as items hold it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
