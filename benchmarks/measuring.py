"""Whole child processes, measured from outside: seconds of processor, seconds of wall, and memory.

Processor seconds are those of a process and of every descendant that was waited for, user and system together.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SAMPLE = 0.02
"""Seconds between two looks at the memory of a tree of processes."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, where, and the exit codes that are no failure."""

    words: tuple[str, ...]
    folder: Path
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. ``tree`` is zero where the memory of the whole tree was not sampled."""

    cpu: float
    wall: float
    largest: int
    """Peak resident memory of the largest single process, in bytes."""
    tree: int = 0
    """Peak memory of all processes together: proportional set size, what they share counted once."""
    out: bytes = b""

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(
            self.cpu + other.cpu, self.wall + other.wall, max(self.largest, other.largest), max(self.tree, other.tree)
        )


class Failed(Exception):
    """A command that was to be measured did not do its work."""


def run(command: Command, environment: Mapping[str, str], *, sample: bool = False) -> Cost:
    """Run a command to its end; ``sample`` also looks at the memory of its whole tree, which costs some time.

    Raises ``Failed`` for an exit code that is not expected.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        command.words, cwd=command.folder, env=dict(environment),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    errors: list[bytes] = []
    assert process.stdout is not None
    assert process.stderr is not None
    draining = threading.Thread(target=lambda stream: errors.append(stream.read()), args=(process.stderr,))
    draining.start()
    watch = _Watch(process.pid) if sample else None
    out = process.stdout.read()
    draining.join()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    tree = watch.peak() if watch else 0
    if process.returncode not in command.fine:
        said = (b"".join(errors) or out).decode("utf-8", "replace").strip()
        raise Failed(f"{' '.join(command.words)} ended with exit code {process.returncode}: {said[-400:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024, tree, out)


def pairs(rounds: int, first: Callable[[int], Cost], second: Callable[[int], Cost]) -> list[tuple[Cost, Cost]]:
    """Both, one after the other, again and again: what slows the machine down slows both."""
    return [(first(n), second(n)) for n in range(rounds)]


def ratio(costs: Sequence[tuple[Cost, Cost]]) -> float:
    """The median over the pairs of what the first cost in processor seconds for each of the second's."""
    return median(one.cpu / other.cpu for one, other in costs)


class _Watch:
    """Adds up the memory of a process and its descendants again and again, until it is asked for the peak."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peak(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(SAMPLE):
            self._peak = max(self._peak, sum(_memory(pid) for pid in _tree(self._pid)))


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{task}/children").read_text("ascii").split())
    return found


def _memory(pid: int) -> int:
    """The proportional set size of a process in bytes; its resident size where that cannot be read; 0 if it is gone."""
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/{name}").read_text("ascii").splitlines():
                if line.startswith(key):
                    return int(line.split()[1]) * 1024
    return 0
