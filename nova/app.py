"""The one place that picks real adapters: memory in the user's database, the user's own tool settings."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import subject
from nova.config import places
from nova.errors import UsageError
from nova.review import review as carry_out
from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from memory import Memory, MemoryUnavailable
    from nova.answer import Review
    from nova.answering import Standing
    from nova.kept import Shown
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject


def review(found: Subject, request: Request, progress: Progress) -> Review:
    """Review what ``find_subject`` found for a request; without memory where that fails on the way."""
    from memory import MemoryUnavailable

    try:
        return carry_out(found, request, shelf(request, progress).hold, code(), progress=progress)
    except MemoryUnavailable as error:
        answer = carry_out(found, request, Shelf(None, progress).hold, code(), progress=progress)
        return replace(answer, notices=(*answer.notices, _forgone(error)))


def find_subject(request: Request) -> Subject:
    """What a request is about.

    Raises ``NovaError`` for what cannot be reviewed at all.
    """
    return subject.of(request, places())


def database(request: Request) -> Path:
    """The database that a request's memory lies in."""
    return request.database or places().database


class Shelf:
    """Memory that is opened when it is needed. Where it cannot be had, that is said once and tried no more."""

    def __init__(self, path: Path | None, on_wait: Callable[[str], None]) -> None:
        self._path = path
        self._on_wait = on_wait
        self._given_up = path is None

    @contextmanager
    def hold(self) -> Iterator[tuple[Memory | None, tuple[str, ...]]]:
        """Memory and what it has to say; None where there is none to be had."""
        if self._given_up or self._path is None:
            yield None, ()
            return
        from memory import MemoryUnavailable
        from memory.store import Memory

        try:
            opened = Memory.open(self._path, on_wait=self._on_wait)
        except MemoryUnavailable as error:
            self._given_up = True
            yield None, (_forgone(error),)
            return
        with opened as memory:
            yield memory, memory.notices


def _forgone(error: MemoryUnavailable) -> str:
    parts = [f"reviewed without memory, and nothing was remembered: {error.what}", error.why, error.next_step]
    return "; ".join(part for part in parts if part)


def shelf(request: Request, progress: Progress) -> Shelf:
    """The memory that a request asks for."""
    return Shelf(database(request) if request.memory else None, progress)


@contextmanager
def remembered(request: Request, progress: Progress) -> Iterator[Memory]:
    """Memory for a command that is about memory.

    Raises ``UsageError`` where it cannot be had.
    """
    from memory import MemoryUnavailable
    from memory.store import Memory

    try:
        opened = Memory.open(database(request), on_wait=progress)
    except MemoryUnavailable as error:
        raise UsageError(error.what, why=error.why, next_step=error.next_step) from error
    with opened as memory:
        yield memory


def give_verdict(
    memory: Memory, found: Subject, words: Sequence[str], answer: str, because: str
) -> tuple[list[Shown], str, tuple[str, ...]]:
    """Record a person's answer to findings: those, where the answer is kept, and which rules it made fall silent.

    Raises ``UsageError`` where a word names no finding, or more than one; then nothing is recorded.
    """
    from nova.answering import answer_findings

    return answer_findings(memory, found, words, answer, because)


def standing_verdicts(memory: Memory, found: Subject) -> list[Standing]:
    """The answers that stand, in the order of paths; those too that a finding inherits from one that is gone."""
    from nova.answering import standing_answers

    return standing_answers(memory, found)


def code() -> str:
    """A digest of what decides an outcome and lies outside of the repository: Nova's own files, and ruff's settings."""
    home = Path(__file__).resolve().parent.parent
    parts = []
    for package in ("nova", "reviewers", "reviewers/rules", "reviewers/tools"):
        with os.scandir(home / package) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    parts.append(f"{package}/{entry.name} {state.st_mtime_ns} {state.st_size}")
    for name in ("ruff.toml", ".ruff.toml", "pyproject.toml"):
        own = places().config.parent / "ruff" / name
        if own.is_file():
            parts.append(own.read_text("utf-8", "replace"))
    return digest(*parts)
