"""Every check, in the order in which a review would meet what it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.checkup import machine, own
from nova.checkup.github import github
from nova.config import places

if TYPE_CHECKING:
    from pathlib import Path

    from nova.checkup.check import Check


def checks(database: Path | None = None) -> list[Check]:
    """Look at all of it. ``database`` stands in for the user's own."""
    memory = database or places().database
    return [
        *machine.pythons(),
        machine.git(),
        machine.ruff(),
        *machine.proof(),
        *own.memory(memory),
        *own.settings(),
        *own.here(),
        *github(memory),
    ]
