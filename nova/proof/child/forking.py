"""Work in a forked process: it begins with all that there is, nothing that it does comes back but one text."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 1 << 20
"""Bytes that are taken from one child."""


def forked(work: Callable[[], str], seconds: float, most: int = MOST) -> str | None:
    """The text that ``work`` gives in a process of its own; None where it gave none in time."""
    data, ended = _run(lambda write: write(work().encode("utf-8", "backslashreplace")), seconds, most, whole=True)
    return data.decode("utf-8", "backslashreplace") if ended else None


def told(work: Callable[[Callable[[str], None]], None], seconds: float) -> tuple[list[str], bool]:
    """The lines that ``work`` tells one by one, each in so many seconds, and whether it came to its end."""

    def lines(write: Callable[[bytes], None]) -> None:
        work(lambda line: write(line.encode("utf-8", "backslashreplace") + b"\n"))

    data, ended = _run(lines, seconds, 64 * MOST, whole=False)
    return data.decode("utf-8", "backslashreplace").split("\n")[:-1], ended


def _run(
    work: Callable[[Callable[[bytes], None]], None], seconds: float, most: int, *, whole: bool
) -> tuple[bytes, bool]:
    """What is written, and whether the process ended by itself. The time is for all of it, or for each silence."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # forking with threads is warned of since 3.12, and warnings may be errors
        pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(read)
            work(lambda data: _write(write, data))
            status = 0
        except BaseException:  # noqa: BLE001, S110  whatever it is, it may not get out of here
            pass
        finally:
            os._exit(status)
    os.close(write)
    chunks: list[bytes] = []
    size, end = 0, time.monotonic() + seconds
    ended = False
    try:
        while size <= most:
            left = end - time.monotonic()
            if left <= 0 or not select.select([read], [], [], left)[0]:
                break
            chunk = os.read(read, 1 << 16)
            if not chunk:
                ended = True
                break
            chunks.append(chunk)
            size += len(chunk)
            if not whole:
                end = time.monotonic() + seconds
    finally:
        os.close(read)
        if not ended:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        status = _status(pid)
    return b"".join(chunks), ended and status == 0


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _status(pid: int) -> int:
    try:
        return os.waitpid(pid, 0)[1]
    except OSError:
        return 1
