"""One run's namespaces, seen from outside: its limits, what it uses, how it is ended, and what it leaves."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import time
from typing import TYPE_CHECKING

from nova.errors import ToolError
from nova.proof.running import MIB, OUT
from nova.proof.watching import kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import FileIO

    from nova.proof.running import Limits

_START = 10.0
"""Seconds that bubblewrap may take to make the sandbox, and its processes to go; it takes some milliseconds."""


def enter(info: FileIO, limits: Limits) -> Inside | None:
    """Open the sandbox that bubblewrap tells of, and set its limits; None where it could not make one."""
    text = info.read() if select.select([info], [], [], _START)[0] else b""
    if not text:
        return None
    number = int(json.loads(text)["child-pid"])
    pidfd = os.pidfd_open(number)
    try:
        inside = _opened(pidfd, f"/proc/{number}/root")
        if inside is None:
            return None
        for which, most in _numbers(limits).items():
            resource.prlimit(number, which, (most, most))
    except BaseException:
        # It must not start without its limits, as it would when the pipe that it waits for is closed.
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        os.close(pidfd)
        raise
    return inside


def _opened(pidfd: int, root: str) -> Inside | None:
    until = time.monotonic() + _START
    while not _is_made(root):
        if select.select([pidfd], [], [], 0.001)[0]:
            os.close(pidfd)
            return None
        if time.monotonic() > until:
            raise ToolError("a sandbox was not made", why=f"bubblewrap took more than {_START:g} s")
    return Inside(pidfd, *(os.open(root + name, os.O_RDONLY | os.O_DIRECTORY) for name in ("/", "/proc", OUT)))


def status(said: FileIO) -> int | None:
    """The command's status as bubblewrap reports it once all is over; None where the command was never started."""
    # One JSON object a line.
    for line in said.readall().splitlines():
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            if "exit-code" in told:
                return int(told["exit-code"])
    return None


def _is_made(root: str) -> bool:
    """Whether process 1 has left the host's file system for its own, which it does when all is in place."""
    try:
        own, out = os.stat(root), os.stat(root + OUT)
    except OSError:
        return False
    return not os.path.samestat(own, os.stat("/")) and own.st_dev != out.st_dev


def _numbers(limits: Limits) -> dict[int, int]:
    """Limits of each process; those of the whole run are watched.

    Twice the memory may be reserved, for most of what is reserved is never touched. A core file of one byte is the only
    limit that also keeps a dump from the program that ``core_pattern`` may name.
    """
    return {
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_DATA: 2 * limits.memory,
        resource.RLIMIT_AS: max(4 * limits.memory, 4096 * MIB),
        resource.RLIMIT_FSIZE: limits.disk,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CPU: max(1, int(limits.seconds) + 1),
        resource.RLIMIT_CORE: 1,
    }


class Inside:
    """The namespaces of a run, held by process 1, and open at its root folder, its ``/proc`` and its ``/out``."""

    def __init__(self, first: int, root: int, processes: int, out: int) -> None:
        self._first, self._root, self._processes, self._out = first, root, processes, out

    def end(self) -> None:
        """End process 1, and wait until it is gone, which it is when every other process of the run is."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._first, signal.SIGKILL)
        if not select.select([self._first], [], [], _START)[0]:
            raise ToolError("a sandbox did not end", why=f"its processes are still there after {_START:g} s")

    def over(self, limits: Limits) -> str:
        """See ``Usage``. What is written to the tree lies in memory too, so it is counted there as well."""
        numbers = self._numbers()
        if len(numbers) > limits.processes + 2:  # process 1 and the one that is being made are bubblewrap's
            return f"processes: {len(numbers)}"
        room = os.fstatvfs(self._root)
        written = (room.f_blocks - room.f_bfree) * room.f_frsize
        if written > limits.disk:
            return f"disk: {written} bytes in its tree"
        if room.f_files - room.f_ffree > max(100_000, limits.disk // 4096):
            return f"disk: {room.f_files - room.f_ffree} files in its tree"
        taken = sum(self._resident(number) for number in numbers)
        if taken > limits.memory:
            taken = sum(self._proportional(number) for number in numbers)
        return f"memory: {taken} bytes" if taken > limits.memory else ""

    def kept(self, most: int) -> Mapping[str, bytes]:
        """The plain files of ``/out``, see ``watching.kept``."""
        return kept(self._out, most)

    def close(self) -> None:
        """Let go of the namespace's folders, and with them of all that the run has written."""
        for descriptor in (self._first, self._root, self._processes, self._out):
            os.close(descriptor)

    def _numbers(self) -> list[str]:
        try:
            return [name for name in os.listdir(self._processes) if name.isdigit()]
        except OSError:
            return []

    def _resident(self, number: str) -> int:
        text = self._read(f"{number}/statm").split()
        return int(text[1]) * os.sysconf("SC_PAGE_SIZE") if len(text) > 1 else 0

    def _proportional(self, number: str) -> int:
        for line in self._read(f"{number}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
        return self._resident(number)

    def _read(self, path: str) -> bytes:
        try:
            with open(os.open(path, os.O_RDONLY, dir_fd=self._processes), "rb") as file:
                return file.read()
        except OSError:
            return b""
