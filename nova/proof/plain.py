"""Runs a target's code with limits and no sandbox: for a person who has said so in their own words (``--unsandboxed``).

The code works on a copy of the tree and sees a clean environment, but nothing keeps it from the network, from the
person's files or from leaving a process behind that has taken itself out of its group.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof.layers import copy, lay
from nova.proof.mounts import variables
from nova.proof.running import End, Ran, expanded
from nova.proof.watching import Output, drain, kept, watch

if TYPE_CHECKING:
    from nova.proof.running import Command, Limits, Tree

_LIMITED = Path(__file__).with_name("child") / "limited.py"


class Plain:
    """A ``Runner`` that contains nothing. ``memory`` holds for each process; ``processes`` does not hold at all."""

    contained = False

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        """See ``Runner``; the tree is found at a passing place, first on ``PYTHONPATH``, whatever ``at`` says."""
        with tempfile.TemporaryDirectory(prefix="nova-run-", ignore_cleanup_errors=True) as scratch:
            here, out, home = (Path(scratch).resolve() / name for name in ("tree", "out", "home"))
            try:
                copy(tree.folder, here, command.python)
                lay(tree, here)
            except OSError as error:
                return Ran(End.NOT_STARTED, None, 0, why=f"the tree cannot be laid out: {error}")
            out.mkdir()
            home.mkdir()
            environment = {
                **variables(command), "HOME": str(home), "NOVA_OUT": str(out), "TMPDIR": str(home),
                "PYTHONPATH": os.pathsep.join(str(one) for one in (here / "src", here) if one.is_dir()),
                **command.environment,
            }  # fmt: skip
            words = [f"{name}={number}" for name, number in _numbers(limits).items()]
            argv = [sys.executable, "-I", "-S", str(_LIMITED), *words, "--", *expanded(command.argv, str(out))]
            return _run(argv, environment, here, out, limits)


def _run(argv: list[str], environment: dict[str, str], here: Path, out: Path, limits: Limits) -> Ran:
    began = time.monotonic()
    process = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=here,
        start_new_session=True, bufsize=0,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    ended, ends = os.pipe()

    def wait() -> None:
        process.wait()
        os.close(ends)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    output, streams, over = Output(limits.output), (process.stdout.fileno(), process.stderr.fileno()), None
    with process.stdout, process.stderr, open(ended, "rb", buffering=0):
        try:
            over = watch(ended, output, streams, limits, None)
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            waiting.join()
        drain(output, streams, 2.0)
    status, stderr = process.returncode, output.of(streams[1])
    end = End.TIMED_OUT if over else End.SIGNALLED if status < 0 else End.EXITED
    if status == 127 and stderr.startswith(b"nova: cannot start"):
        end = End.NOT_STARTED
    directory = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        left = kept(directory, limits.disk)
    finally:
        os.close(directory)
    return Ran(
        end, None if over or end is End.NOT_STARTED else status if status >= 0 else 128 - status,
        time.monotonic() - began, output.of(streams[0]), stderr, output.dropped,
        over or (stderr.decode(errors="replace").strip() if end is End.NOT_STARTED else ""), left,
    )  # fmt: skip


def _numbers(limits: Limits) -> dict[str, int]:
    """Limits by name, of each process. Those on processes count all that the person runs, so there are none."""
    return {
        "RLIMIT_DATA": limits.memory,
        "RLIMIT_FSIZE": limits.disk,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CPU": max(1, int(limits.seconds) + 1),
        "RLIMIT_CORE": 0,
    }
