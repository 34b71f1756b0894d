"""What a person allows for the rungs that run tests, and where recordings of tests are kept: values, quick to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nova.ports import silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Keeps(Protocol):
    """Bytes by key, between one command and the next."""

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; None where nothing was."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        ...


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a person allows by a flag: to make an environment, to run without the sandbox, to run the whole suite.

    ``say`` is told what is going to be done, before it is. ``clone`` is the repository that a passing work tree
    belongs to: its environment runs the tests, at its path, and advice names it.
    """

    make_env: bool = False
    unsandboxed: bool = False
    whole: bool = False
    say: Callable[[str], None] = silent
    clone: Path | None = None


NOTHING = Allowed()
"""What is allowed where no flag says so."""
