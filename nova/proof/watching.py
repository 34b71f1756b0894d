"""Watches a run from outside: reads its output, and tells when a limit is passed that the kernel does not keep."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import stat
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nova.proof.running import Limits

_KEPT_FILES = 1000
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
_EVERY = 0.02
"""Seconds between two looks. Memory grows by some 50 MB in that time, processes by some dozens."""


class Usage(Protocol):
    """What a run uses at a moment."""

    def over(self, limits: Limits) -> str:
        """The name of a limit that is passed, with the figure; empty where none is."""
        ...


@dataclass(slots=True)
class Output:
    """What was read of both streams, up to a number of bytes each."""

    most: int
    streams: dict[int, bytearray] = field(default_factory=dict)
    dropped: int = 0

    def take(self, descriptor: int) -> bool:
        """Read what is there; whether the stream is still open."""
        try:
            data = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return True
        held = self.streams.setdefault(descriptor, bytearray())
        room = max(0, self.most - len(held))
        held += data[:room]
        self.dropped += len(data) - len(data[:room])
        return bool(data)

    def of(self, descriptor: int) -> bytes:
        """What was kept of a stream, with its control characters written out: it may be shown in a terminal."""
        return _CONTROL.sub(_written_out, bytes(self.streams.get(descriptor, b"")))


def watch(pidfd: int, output: Output, descriptors: tuple[int, ...], limits: Limits, usage: Usage | None) -> str | None:
    """Wait for a process; None where it ended of itself, ``time`` or a limit's name where it has to be ended."""
    until = time.monotonic() + limits.seconds
    with selectors.DefaultSelector() as selector:
        selector.register(pidfd, selectors.EVENT_READ)
        for descriptor in descriptors:
            os.set_blocking(descriptor, False)
            selector.register(descriptor, selectors.EVENT_READ)
        look = 0.0
        while True:
            ready = {key.fd for key, _ in selector.select(_EVERY)}
            if pidfd in ready:
                return None
            for descriptor in ready:
                if not output.take(descriptor):
                    selector.unregister(descriptor)
            now = time.monotonic()
            if now >= until:
                return f"time: {limits.seconds:g} s"
            if usage is not None and now >= look:
                over = usage.over(limits)
                if over:
                    return over
                look = time.monotonic() + _EVERY


def drain(output: Output, descriptors: tuple[int, ...], seconds: float) -> None:
    """Read what is left once every process is gone; bounded, should another hold the stream open."""
    until = time.monotonic() + seconds
    for descriptor in descriptors:
        os.set_blocking(descriptor, False)
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while (left := until - time.monotonic()) > 0 and selector.select(left):
                if not output.take(descriptor):
                    break


def _written_out(match: re.Match[bytes]) -> bytes:
    return b"\\x%02x" % match[0][-1]


def kept(folder: int, most: int) -> dict[str, bytes]:
    """The plain files of an open folder; no link is followed, and what passes ``most`` bytes together is left out."""
    found: dict[str, bytes] = {}
    for name in sorted(os.listdir(folder))[:_KEPT_FILES]:
        with contextlib.suppress(OSError):
            # A FIFO or a device is opened without waiting, and then not read.
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
            with open(descriptor, "rb") as file:
                told = os.fstat(descriptor)
                if stat.S_ISREG(told.st_mode) and told.st_size <= most:
                    found[name] = file.read(most)
                    most -= len(found[name])
    return found
