"""Runs a target's code where it can do no harm: bubblewrap, no network, nothing written outside, limits on everything.

Bubblewrap makes the namespaces and the file system and then waits; from outside the limits are set on its process 1 and
the folders of the run are opened; only then the command starts. Those folders stay readable when the last process is
gone, so what a run leaves is read when nothing of it can change it any more.
"""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import tempfile
import time
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof import namespace, syscalls
from nova.proof.layers import layered
from nova.proof.mounts import arguments, dropping, files
from nova.proof.running import OUT, End, Ran, expanded
from nova.proof.watching import Output, drain, watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.running import Command, Limits, Tree

_CPU, _FILE_SIZE = 152, 153
"""Statuses that tell of SIGXCPU and SIGXFSZ, which the kernel sends for a limit that is passed."""


class Sandbox:
    """A ``Runner`` that contains what it runs. ``availability.available`` makes one, after a real try."""

    contained = True

    def __init__(self, bwrap: Path, setpriv: Path | None = None) -> None:
        self.bwrap = bwrap
        self._setpriv = setpriv
        self._filter = syscalls.program(platform.machine())

    @property
    def filtered(self) -> bool:
        """Whether system calls are filtered too; not so on a machine whose numbers are not known here."""
        return self._filter is not None

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        """See ``Runner``. The run ends with the thread that calls this."""
        root = os.geteuid() == 0
        with tempfile.TemporaryDirectory(prefix="nova-run-") as scratch:
            try:
                layers = layered(tree, Path(scratch), command.python, root=root)
            except OSError as error:
                return Ran(End.NOT_STARTED, None, 0, why=f"the tree cannot be laid out: {error}")
            options = arguments(command, tree, layers, limits, root=root)
            argv: Sequence[str] = expanded(command.argv, OUT)
            if root:
                argv = dropping(argv, str(self._setpriv))
            with contextlib.ExitStack() as stack:
                texts = [(place, _holding(data, stack)) for place, data in files(root=root).items()]
                return self._start(texts, options, argv, limits, stack)

    def _start(
        self, texts: Sequence[tuple[str, FileIO]], options: Sequence[str], argv: Sequence[str], limits: Limits,
        stack: contextlib.ExitStack,
    ) -> Ran:  # fmt: skip
        info, info_in = _pipe(stack)
        waits, go = _pipe(stack)
        said, said_in = _pipe(stack)
        given = {"--info-fd": info_in, "--block-fd": waits, "--json-status-fd": said_in}
        if self._filter is not None:
            given["--seccomp"] = _holding(self._filter, stack)
        named = [word for option, file in given.items() for word in (option, str(file.fileno()))]
        for place, file in texts:
            named += ["--perms", "0644", "--ro-bind-data", str(file.fileno()), place]
        passed = [*given.values(), *(file for _, file in texts)]
        began = time.monotonic()
        # Neither the environment nor the folder of this process is to be found in /proc/1 of the sandbox.
        process = subprocess.Popen(
            [str(self.bwrap), *named, *options, "--", *argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, pass_fds=[file.fileno() for file in passed], env={}, cwd="/", bufsize=0,
        )  # fmt: skip
        assert process.stdout
        assert process.stderr
        stack.enter_context(process.stdout)
        stack.enter_context(process.stderr)
        for file in passed:
            file.close()
        streams = (process.stdout.fileno(), process.stderr.fileno())
        output, over, inside = Output(limits.output), None, None
        try:
            inside = namespace.enter(info, limits)
            if inside is not None:
                stack.callback(inside.close)
                go.write(b"x")
                with _pidfd(process.pid) as pidfd:
                    over = watch(pidfd.fileno(), output, streams, limits, inside)
        finally:
            # Whatever happened, nothing of the run goes on: with process 1 the kernel ends all of its namespace.
            process.kill()
            process.wait()
            if inside is not None:
                inside.end()
        drain(output, streams, 2.0)
        ran = _told(over, namespace.status(said), output.of(streams[1]))
        return replace(
            ran, seconds=time.monotonic() - began, stdout=output.of(streams[0]), stderr=output.of(streams[1]),
            dropped=output.dropped, kept=inside.kept(limits.disk) if inside is not None else {},
        )  # fmt: skip


def _told(over: str | None, status: int | None, said: bytes) -> Ran:
    if over is not None:
        return Ran(End.TIMED_OUT if over.startswith("time") else End.OVER_LIMIT, None, 0, why=over)
    if status is None or (status == 127 and said.startswith(b"setpriv: failed to execute")):
        return Ran(End.NOT_STARTED, None, 0, why=said[-500:].decode(errors="replace").strip())
    if status in {_CPU, _FILE_SIZE}:
        return Ran(End.OVER_LIMIT, status, 0, why="cpu" if status == _CPU else "disk: one file")
    return Ran(End.SIGNALLED if status > 128 else End.EXITED, status, 0)


def _pipe(stack: contextlib.ExitStack) -> tuple[FileIO, FileIO]:
    out, into = os.pipe()
    return stack.enter_context(FileIO(out, "r")), stack.enter_context(FileIO(into, "w"))


def _holding(data: bytes, stack: contextlib.ExitStack) -> FileIO:
    """A pipe that holds a few bytes, fewer than a pipe can."""
    out, into = _pipe(stack)
    with into:
        into.write(data)
    return out


def _pidfd(number: int) -> FileIO:
    return FileIO(os.pidfd_open(number), "r")
