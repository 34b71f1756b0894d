"""What memory put in front of an agent is not learnt from again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nova.agents.memory.archivist import work
from nova.orchestrator.handoff import Done, Recalled, Task
from nova.tools import World, load

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = Recalled("Deploys happen on Tuesdays after lunch", "note", "it speaks of deploys")


class Real:
    """The real tools, with nobody to ask."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._calls = 0

    def call(self, name: str, /, **arguments: Any) -> Any:
        self._calls += 1
        return load([name])[name].work(str(self._calls), self._world, **arguments)

    def say(self, text: str) -> None: ...


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("remember that deploys happen on Tuesdays after lunch", 0),
        ("remember that deploys happen on Tuesdays after lunch, except in December", 1),
    ],
)
def test_the_archivist_keeps_only_what_adds_to_what_it_was_shown(tmp_path: Path, message: str, kept: int) -> None:
    world = World(tmp_path, tmp_path / "nova.duckdb")
    step = work(Task("t", "archivist", message, message, context=(SHOWN,)), Real(world))
    assert isinstance(step, Done)
    tools = load(["recall"])
    assert len(tools["recall"].work("k", world, query="when do deploys happen")["items"]) == kept
