"""A child process that analyses files: tasks in by standard input, a line of JSON out for each file.

It is run by path under any Python that is at hand, so it needs the standard library and radon alone. A file
that hangs or kills it costs only itself: the engine starts another.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import stat
import sys
import threading
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from reviewers.analysis import Checks

LARGEST = 1_000_000
STACK = 256 * 1024 * 1024
MEMORY = 4 * 1024**3


def main() -> None:
    """Serve tasks until standard input ends. A deep stack serves deeply nested code."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(50_000)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_serve, daemon=True)
    thread.start()
    with contextlib.suppress(KeyboardInterrupt):
        thread.join()
    os._exit(0)


def _serve() -> None:
    gc.disable()
    out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    sys.stdout = sys.stderr
    for line in sys.stdin:
        _task(json.loads(line), out)
        gc.collect()
        gc.freeze()  # what outlives a task stays for good: modules and their tables


def _task(task: dict[str, Any], out: TextIO) -> None:
    """Analyse the files of one task: ``folder``, ``files`` (path, module), ``rules``, ``codes``, ``ruff``, ``last``."""
    from reviewers.analysis import Checks
    from reviewers.registry import BY_NAME
    from reviewers.rule import Rule
    from reviewers.tools import ruff

    checks = Checks.of(r for name in task["rules"] if isinstance(r := BY_NAME[name], Rule))
    folder: str = task["folder"]
    read: list[tuple[str, str, bytes]] = []
    left: list[tuple[str, str]] = []
    for path, module in task["files"]:
        data = _bytes(os.path.join(folder, path))
        if isinstance(data, str):
            left.append((path, data))
        else:
            read.append((path, module, data))
    ruffed = ruff.Ruffed({}, {})
    if task["ruff"]:
        ruffed = ruff.check(task["ruff"], folder, [p for p, _, _ in read], task["codes"])
    # Nothing is said before ruff is done: the first word tells the engine that from here on each file is quick.
    for path, reason in left:
        _say(out, path, left=reason.partition(": ")[::2])
    for notice in ruffed.notices:
        print(json.dumps({"notice": notice}), file=out, flush=True)
    for path, module, data in read:
        _one(path, module, data, checks, ruffed, out, last=task["last"])


def _one(path: str, module: str, data: bytes, checks: Checks, ruffed: Any, out: TextIO, *, last: bool) -> None:
    from reviewers.analysis import NewerSyntax, analyse
    from reviewers.report import to_bytes

    try:
        diagnostics = [d for d in ruffed.diagnostics.get(path, ()) if d.code != "invalid-syntax"]
        report = analyse(path, data, module, checks, diagnostics, last_word=last)
    except NewerSyntax as refusal:
        _say(out, path, newer=str(refusal))
        return
    except Exception as error:  # noqa: BLE001  whatever it is, it must be told, and the next file must have its turn
        _say(out, path, left=("failed", f"{type(error).__name__}: {error}"))
        return
    _say(out, path, to_bytes(report), lost=ruffed.failed.get(path, ""))


def _bytes(name: str) -> bytes | str:
    """The content of a regular file, or ``skipped: why`` or ``failed: why``."""
    try:
        state = os.lstat(name)
        if not stat.S_ISREG(state.st_mode):
            return "skipped: not a regular file"
        if state.st_size > LARGEST:
            return f"skipped: larger than 1 MB ({state.st_size / 1e6:.1f} MB)"
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return "failed: it is gone from the disk"
    except PermissionError:
        return "failed: no permission to read it"
    except OSError as error:
        return f"failed: {error.strerror or error}"


def _say(out: TextIO, path: str, report: bytes = b"", **what: Any) -> None:
    """One line for a file; a report, which is JSON already, stands behind a tab."""
    told = json.dumps({"path": path, **what}, separators=(",", ":"))
    out.write(f"{told}\t{report.decode('ascii')}\n" if report else f"{told}\n")
    out.flush()


if __name__ == "__main__":
    main()
