"""What agents can do in the world: one tool a file, each with plain data going in and coming out."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nova.tools._pace import Pace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nova.orchestrator.tool import Tool


@dataclass(frozen=True, slots=True)
class World:
    """Where tools work: the folder that the person stands in, their memory, and the target that was named."""

    folder: Path
    database: Path | None = None
    target: str | None = None
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    pace: Pace = field(default_factory=Pace, compare=False)
    """Until when work that takes minutes may go on, and whom it tells how far it is."""
    desk: dict[str, Any] = field(default_factory=dict, compare=False)
    """What one tool made and another may take up in the same process; whoever takes it must do without as well."""


def names() -> tuple[str, ...]:
    """The names of all tools: a file here is a tool unless its name begins with an underscore."""
    import pkgutil

    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")))


def bound(wanted: Iterable[str], world: World) -> dict[str, Tool]:
    """The tools of these names, at work in a world: called with a key and the call's arguments alone."""
    from dataclasses import replace
    from functools import partial

    def at(tool: Tool) -> Tool:
        def work(key: str, /, **arguments: Any) -> Any:
            return tool.work(key, world, **arguments)

        return replace(tool, work=work, effect=partial(tool.effect, world) if tool.effect is not None else None)

    return {name: at(tool) for name, tool in load(wanted).items()}


def load(wanted: Iterable[str]) -> dict[str, Tool]:
    """The tools of these names; only their own modules are imported.

    Raises ``KeyError`` for a name that is no tool.
    """
    from importlib import import_module

    known = set(names())
    found: dict[str, Tool] = {}
    for name in wanted:
        if name not in known:
            raise KeyError(name)
        found[name] = import_module(f"{__name__}.{name}").TOOL
    return found
