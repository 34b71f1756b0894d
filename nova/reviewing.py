"""``nova review`` as what it is: a run of code-reviewer, called directly, whose record ``nova trace`` shows.

The record is written without the loop: for one hop without a handoff there is nothing to guard, and a review that is
answered from memory takes less time than importing the loop would.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from nova.errors import NovaError
from nova.orchestrator.record import FileRecord, FileRecords, new_turn, stamp

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

    def __init__(self, record: FileRecord) -> None:
        self._record = record
        self._began = time.monotonic()
        self._next = 0

    def tell(self, *lines: dict[str, Any]) -> None:
        """Write lines and have them on the disk before anything else happens."""
        at = stamp(time.time())
        for line in lines:
            self._record.append({"n": self._next, "at": at, **line}, lasting=line is lines[-1])
            self._next += 1

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

    def close(self) -> None:
        """Let others hold the record."""
        self._record.close()


@contextmanager
def run(folder: Path, repository: str, words: list[str]) -> Iterator[Callable[[Review], None]]:
    """Record a review of ``repository`` that was asked for in ``words``; gives what to tell its answer to.

    Where nothing can be written the review is carried out all the same: it says itself what was not remembered.
    """
    one: Run | None = None
    with suppress(NovaError, OSError):
        one = _begun(folder, repository, words)
    try:
        yield (lambda answer: _end(one, answer))
    finally:
        if one is not None:
            one.close()


def _end(one: Run | None, answer: Review) -> None:
    if one is not None:
        with suppress(NovaError):
            one.ended(answer)


def _begun(folder: Path, repository: str, words: list[str]) -> Run:
    _thinned(folder)
    turn = new_turn(time.time(), f"{os.getpid() % 46656:04x}{TAIL}")
    one = Run(FileRecords(folder).create(turn))
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
    try:
        with os.scandir(folder) as entries:
            mine = sorted(entry.name for entry in entries if entry.name.endswith(f"{TAIL}.jsonl"))
    except FileNotFoundError:
        return
    for name in mine[: 1 - MOST] if len(mine) >= MOST else ():
        with suppress(OSError):
            (folder / name).unlink()
