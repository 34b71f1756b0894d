"""Worker processes: files dealt out in tasks, answers as they come, and a new worker for each that hangs or dies."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewers.copied import Copy, may_be_copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    _Process = subprocess.Popen[bytes] | Copy

SECONDS_A_FILE = 30.0
SECONDS_A_TASK = 150.0
"""How long a worker may be silent before its first answer: it reads the files and runs ruff over them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said of one file; see ``worker``. ``notice`` belongs to no file."""

    path: str
    report: bytes = b""
    lost: str = ""
    newer: str = ""
    skipped: str = ""
    failed: str = ""
    notice: str = ""


class _Worker:
    def __init__(self, process: _Process) -> None:
        self.process = process
        self.waiting: list[tuple[str, str]] = []
        self.buffer = b""
        self.deadline = 0.0
        self.patience = 0.0

    def give(self, task: Mapping[str, Any], files: Sequence[tuple[str, str]]) -> None:
        self.waiting = list(files)
        self._wait(SECONDS_A_TASK)
        line = json.dumps({**task, "files": files}) + "\n"
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line.encode("ascii"))
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it died at once; the reading side sees that and the files are dealt with there

    def read(self) -> list[dict[str, Any]] | None:
        """The messages that have come; None at the end of the worker's life."""
        assert self.process.stdout is not None
        data = os.read(self.process.stdout.fileno(), 1 << 20)
        if not data:
            return None
        self._wait(SECONDS_A_FILE)
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        return [_message(line) for line in lines]

    def _wait(self, seconds: float) -> None:
        self.patience = seconds
        self.deadline = time.monotonic() + seconds

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


def work(
    task: Mapping[str, Any],
    files: Sequence[tuple[str, str]],
    *,
    jobs: int,
    sizes: Mapping[str, int] | None = None,
    python: str = sys.executable,
    serve: Callable[[], None] | None = None,
) -> Iterator[Answer]:
    """Analyse files (path and module) in ``jobs`` workers; one answer a file, in no order, and notices between.

    A worker that says nothing for too long, or dies, is replaced; the file that it was at has failed. Where this
    process can be copied, its copies ``serve``: they have imported already what a new one would still have to.
    """
    tasks = deque(_dealt(files, jobs, sizes or {}))
    busy: dict[int, _Worker] = {}
    selector = selectors.DefaultSelector()

    def start() -> None:
        if not tasks:
            return
        copied = serve is not None and python == sys.executable and may_be_copied()
        worker = _Worker(Copy(serve) if copied and serve is not None else _started(python))
        assert worker.process.stdout is not None
        worker.give(task, tasks.popleft())
        busy[worker.process.stdout.fileno()] = worker
        selector.register(worker.process.stdout, selectors.EVENT_READ)

    def stop(number: int) -> None:
        worker = busy.pop(number)
        selector.unregister(number)
        worker.end()

    try:
        for _ in range(min(jobs, len(tasks))):
            start()
        while busy:
            for key, _ in selector.select(timeout=0.5):
                worker = busy[key.fd]
                messages = worker.read()
                if messages is None:
                    code = worker.process.wait()
                    yield from _lost(worker, tasks, _death(code))
                    stop(key.fd)
                    start()
                    continue
                for message in messages:
                    answer = _answer(message)
                    if answer.path:
                        worker.waiting = [f for f in worker.waiting if f[0] != answer.path]
                    yield answer
                if not worker.waiting:
                    if tasks:
                        worker.give(task, tasks.popleft())
                    else:
                        stop(key.fd)
            now = time.monotonic()
            for number in [n for n, w in busy.items() if w.deadline < now]:
                patience = busy[number].patience
                yield from _lost(busy[number], tasks, f"it kept the parser busy for over {patience:g} seconds")
                stop(number)
                start()
    finally:
        for number in list(busy):
            stop(number)
        selector.close()


class Standing:
    """One worker that is kept for one file after the other; one that hangs or dies is replaced at the next file."""

    def __init__(self, task: Mapping[str, Any], serve: Callable[[], None]) -> None:
        self._task = task
        self._serve = serve
        self._worker: _Worker | None = None

    def read(self, path: str, module: str) -> Answer | None:
        """The worker's answer for one file; None where it gave none."""
        worker = self._worker
        if worker is None:
            worker = self._worker = _Worker(Copy(self._serve) if may_be_copied() else _started(sys.executable))
        worker.give(self._task, [(path, module)])
        assert worker.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(worker.process.stdout, selectors.EVENT_READ)
            while selector.select(max(worker.deadline - time.monotonic(), 0)):
                messages = worker.read()
                if messages is None:
                    break
                answers = [answer for answer in map(_answer, messages) if answer.path]
                if answers:
                    return answers[0]
        self.end()
        return None

    def end(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _started(python: str) -> subprocess.Popen[bytes]:
    """A worker under a Python of its own."""
    import radon

    here = str(Path(__file__).resolve().parent.parent)
    beside = str(Path(radon.__file__).resolve().parent.parent)
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; sys.path.append(sys.argv[2]); "
        "from reviewers.worker import main; main()"
    )
    return subprocess.Popen(
        [python, "-I", "-S", "-c", code, here, beside],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _lost(worker: _Worker, tasks: deque[list[tuple[str, str]]], reason: str) -> Iterator[Answer]:
    """The file that a worker was at has failed; what it had still to do goes back."""
    if not worker.waiting:
        return
    (path, _), *rest = worker.waiting
    if rest:
        tasks.appendleft(rest)
    yield Answer(path, failed=reason)


def _death(code: int) -> str:
    return f"it killed the parser (signal {-code})" if code < 0 else f"it ended the parser (exit code {code})"


def _message(line: bytes) -> dict[str, Any]:
    """What a worker said in one line: JSON, and behind a tab the report as it is to be kept."""
    told, _, report = line.partition(b"\t")
    message: dict[str, Any] = json.loads(told)
    return message | {"report": report} if report else message


def _answer(message: dict[str, Any]) -> Answer:
    if "notice" in message:
        return Answer("", notice=message["notice"])
    path: str = message["path"]
    if "report" in message:
        return Answer(path, report=message["report"], lost=message["lost"])
    if "newer" in message:
        return Answer(path, newer=message["newer"])
    kind, why = message["left"]
    return Answer(path, skipped=why) if kind == "skipped" else Answer(path, failed=why)


def _dealt(files: Sequence[tuple[str, str]], jobs: int, sizes: Mapping[str, int]) -> list[list[tuple[str, str]]]:
    """Tasks of about equal weight, enough of them that no worker waits long for the last, none over 300 files."""
    total = sum(sizes.get(path, 4000) for path, _ in files)
    share = max(total / (jobs * 4), 400_000)
    tasks: list[list[tuple[str, str]]] = []
    current: list[tuple[str, str]] = []
    weight = 0
    for file in files:
        current.append(file)
        weight += sizes.get(file[0], 4000)
        if weight >= share or len(current) >= 300:
            tasks.append(current)
            current, weight = [], 0
    if current:
        tasks.append(current)
    return tasks
