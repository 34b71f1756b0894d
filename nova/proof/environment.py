"""The environment that a target's tests run in, as it was declared or found. A value; others detect it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Environment:
    """How a target's tests are started.

    ``python`` is the interpreter of the target's own virtual environment, not resolved through its symbolic links, for
    the link is what makes it that environment's. ``runner`` is ``"pytest"`` or ``"unittest"``. ``arguments`` is what
    the target's command gives beside, paths and options; ours are not among them. ``command`` is the declared or
    detected command, for a person to read, and ``found`` says in words how it was found. ``folder`` is where the tests
    are run from, relative to the root, in POSIX form; ``""`` is the root itself. ``variables`` are set beside ours.
    """

    python: Path
    runner: str
    arguments: tuple[str, ...]
    command: str
    found: str
    folder: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
