"""What running a target's code asks for and tells: the values, and the port that the rungs which run code take."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MIB = 1 << 20
OUT = "/out"
"""Where a command in the sandbox leaves what is to be kept. In every runner ``NOVA_OUT`` and ``{out}`` stand for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use, in seconds, bytes and counts.

    ``memory`` and ``processes`` are of the whole run. ``disk`` is each of what it writes to its tree, to ``/tmp``, to
    its home, to ``/dev/shm`` and to ``OUT``. ``output`` is kept of each of the two streams, the rest is counted.
    """

    seconds: float = 60
    memory: int = 2048 * MIB
    processes: int = 128
    disk: int = 512 * MIB
    open_files: int = 1024
    output: int = MIB


@dataclass(frozen=True, slots=True)
class Tree:
    """A target's files: those of ``folder``, with ``changed`` laid over them (relative POSIX path to bytes).

    ``at`` is the path under which the command finds them; the target's own path keeps editable installs right.
    """

    folder: Path
    changed: Mapping[str, bytes] = field(default_factory=dict)
    at: Path | None = None

    @property
    def place(self) -> Path:
        """The path under which the command finds the files."""
        return self.at or self.folder


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, from the tree's top folder. ``python`` is the interpreter whose environment it may read.

    ``{out}`` in a word of ``argv`` stands for the folder of what is to be kept.

    ``readable`` holds further paths that it may read; ``environment`` is all that it sees beside a fixed few variables.
    """

    argv: tuple[str, ...]
    python: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    readable: tuple[Path, ...] = ()


def expanded(argv: Sequence[str], out: str) -> tuple[str, ...]:
    """A command whose words name the folder of what is to be kept."""
    return tuple(word.replace("{out}", out) for word in argv)


class End(enum.Enum):
    """How a run came to its end. ``EXITED`` alone says that the command ended by itself; none, that it did right."""

    EXITED = "exited"
    SIGNALLED = "signalled"
    TIMED_OUT = "timed out"
    OVER_LIMIT = "over a limit"
    NOT_STARTED = "not started"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left. Everything in it but ``end`` and ``seconds`` came from the hands of the code that ran.

    ``status`` is the exit status, 128 and more for a signal, None where the runner ended the run. ``why`` names the
    limit, or what kept it from starting. In the output control characters are written out, as in Python's escapes;
    ``dropped`` counts the bytes of it that were not kept. ``kept`` holds the plain files in ``OUT`` as they are, which
    the sandbox reads when no process of the run is left.
    """

    end: End
    status: int | None
    seconds: float
    stdout: bytes = b""
    stderr: bytes = b""
    dropped: int = 0
    why: str = ""
    kept: Mapping[str, bytes] = field(default_factory=dict)


class Runner(Protocol):
    """Runs a command over a target's files; nothing that it does to them stays."""

    @property
    def contained(self) -> bool:
        """Whether the command is kept from the network, the person's files and every other process."""
        ...

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        """Run it to its end, within the limits; no process of it is left."""
        ...
