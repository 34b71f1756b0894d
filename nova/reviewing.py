"""``nova review`` as what it is: a run of code-reviewer, called directly, whose record ``nova trace`` shows.

The record is written here without the orchestrator, line for line as that would: for one hop without a handoff there is
nothing to guard, and a review that is answered from memory takes less time than importing the loop would.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nova.answer import Review

AGENT = "code-reviewer"
TAIL = "review"
MOST = 50
"""How many records of reviews are kept: a hook or a night of CI may make thousands."""
CALL = {"call": 0, "mark": "{}", "tool": "review", "visit": 0, "writes": False}


class Run:
    """One review while it is carried out: told what came of it, it writes that down."""

    def __init__(self, file: int, began: float) -> None:
        self._file = file
        self._began = began
        self._next = 0

    def tell(self, *lines: dict[str, Any]) -> None:
        """Write lines and have them on the disk before anything else happens."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = []
        for line in lines:
            rows.append(json.dumps({"n": self._next, "at": at, **line}, separators=(",", ":"), sort_keys=True))
            self._next += 1
        os.write(self._file, ("\n".join(rows) + "\n").encode("ascii"))
        os.fsync(self._file)

    def ended(self, answer: Review) -> None:
        """Write down what the review came to."""
        seconds = time.monotonic() - self._began
        totals = answer.totals
        data = {
            "status": answer.status.value, "counts": answer.counts, "files": totals.files, "findings": totals.findings,
            "shown": totals.shown, "commit": answer.target.commit,
        }  # fmt: skip
        text = f"{answer.target.name}, {answer.scope}: {totals.findings} findings in {totals.files} files"
        complete = answer.status.value == "complete"
        told = {"text": text, "complete": complete, "data": data, "evidence": [], "artifacts": []}
        used = {"calls": 1, "money": 0.0, "seconds": seconds, "tokens": 0}
        self.tell(
            {"kind": "result", **CALL, "ok": True, "seconds": seconds, "data": data},
            {"kind": "step", "visit": 0, "step": 1, "ran": True, "seconds": seconds, "doing": "", "money": 0.0,
             "tokens": 0, "outcome": {"step": "done", **told}},
            {"kind": "ended", "agent": AGENT, "status": "answered", **told, "notes": [], "options": [], "stack": [],
             "used": used, "waiting": []},
        )  # fmt: skip


@contextmanager
def run(folder: Path, repository: str, words: list[str]) -> Iterator[Callable[[Review], None]]:
    """Record a review of ``repository`` that was asked for in ``words``; gives what to tell its answer to.

    Where nothing can be written the review is carried out all the same: it says itself what was not remembered.
    """
    one: Run | None = None
    with suppress(OSError):
        one = _begun(folder, repository, words)
    try:
        yield (lambda answer: _end(one, answer))
    finally:
        if one is not None:
            with suppress(OSError):
                os.close(one._file)


def _end(one: Run | None, answer: Review) -> None:
    if one is not None:
        with suppress(OSError):
            one.ended(answer)


def _begun(folder: Path, repository: str, words: list[str]) -> Run:
    now = datetime.now(UTC)
    turn = f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{os.getpid() % 46656:04x}{TAIL}"
    folder.mkdir(parents=True, exist_ok=True)
    _thinned(folder)
    path = folder / f"{turn}.jsonl"
    one = Run(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600), time.monotonic())
    message = " ".join(["nova review", *words])
    route = {"agent": AGENT, "scores": [], "step": "command", "why": "nova review is its work"}
    budget = {"calls": 1, "money": 0.0, "seconds": None, "tokens": 0}
    task = {"answers": [], "brief": "", "constraints": [], "evidence": [], "goal": message}
    one.tell(
        {"kind": "request", "agent": AGENT, "budget": budget, "constraints": [], "goal": message, "message": message,
         "conversation": f"{TAIL} {repository}", "options": {"folder": repository, "route": route, "scheduled": False},
         "route": route, "stack": [], "turn": turn},
        {"kind": "route", **route},
        {"kind": "start", "agent": AGENT, "artifacts": [], "by": None, "parent": None, "share": budget, "task": task,
         "visit": 0},
        {"kind": "ask", "step": 1, "visit": 0},
        {"kind": "call", **CALL, "arguments": {"words": words}, "key": ""},
    )  # fmt: skip
    return one


def _thinned(folder: Path) -> None:
    """Drop the oldest records of reviews beyond the newest ``MOST``; those of other turns stay."""
    with os.scandir(folder) as entries:
        mine = sorted(entry.name for entry in entries if entry.name.endswith(f"{TAIL}.jsonl"))
    for name in mine[: 1 - MOST] if len(mine) >= MOST else ():
        with suppress(OSError):
            (folder / name).unlink()
