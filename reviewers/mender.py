"""A child process that makes fixes: libcst can be killed by some code, and then only the fix is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 60


def mend(tasks: Sequence[tuple[str, str, Span]]) -> list[str | None]:
    """The new text for each task (rule name, text, span of the hit); None where no fix came of it.

    One child serves all tasks; where it dies or takes over a minute, each task gets a child of its own.
    """
    if not tasks:
        return []
    answer = _run(tasks)
    if answer is not None:
        return answer
    if len(tasks) == 1:
        return [None]
    return [(_run([task]) or [None])[0] for task in tasks]


def _run(tasks: Sequence[tuple[str, str, Span]]) -> list[str | None] | None:
    data = [[rule, text, [span.line, span.column, span.end_line, span.end_column]] for rule, text, span in tasks]
    code = "import sys; sys.path.insert(0, sys.argv[1]); from reviewers.mender import main; main()"
    home = str(Path(__file__).resolve().parent.parent)
    try:
        run = subprocess.run(
            [sys.executable, "-I", "-c", code, home],
            input=json.dumps(data).encode("ascii"), capture_output=True, timeout=SECONDS * len(tasks), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if run.returncode:
        return None
    result: list[str | None] = json.loads(run.stdout)
    return result


def main() -> None:
    """Read tasks from standard input, write the new texts to standard output."""
    import threading

    sys.setrecursionlimit(20_000)
    threading.stack_size(256 * 1024 * 1024)
    thread = threading.Thread(target=_serve)
    thread.start()
    thread.join()


def _serve() -> None:
    from reviewers.mend import mended
    from reviewers.registry import BY_NAME

    done: list[Any] = []
    for rule, text, place in json.loads(sys.stdin.buffer.read()):
        try:
            done.append(mended(BY_NAME[rule], text, Span(*place)))
        except Exception:  # noqa: BLE001  a fix that fails is no fix; the finding stands without it
            done.append(None)
    sys.stdout.write(json.dumps(done))
    sys.stdout.flush()
