"""What a person asked a review for, before anything was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """The flags of ``nova review``. ``None`` leaves the choice to the target's settings."""

    path: Path | None = None
    target: str | None = None
    diff: str | None = None
    staged: bool = False
    pull: int | None = None
    """The number of a pull request; its commits become ``diff`` once they are here."""

    new: bool = False
    baseline: str | None = None
    everything: bool = False
    top: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 0
    cache: bool = True
    history: bool = True
    memory: bool = True
    database: Path | None = None
    patches: bool = False
    """Whether the answer needs the fixes themselves, not only that they can be made."""

    patch_of: str = ""
    """The id of the one finding whose fix is needed; empty for all that are shown."""

    shown: bool = False
    """Whether a person sees the answer: then its ranks are those that may be typed from now on."""

    @property
    def is_change(self) -> bool:
        """Whether a change is reviewed, not a whole state."""
        return self.diff is not None or self.staged
