"""Where a person stands who works with memory by hand: the target, its project, who and when; and what is printed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from memory import Draft, Memory, Taken
    from nova.projects import Project
    from nova.remembering import Here

Row = TypeVar("Row")
WIDE = 1_000_000
"""A width that no line has: what is piped is not broken."""
LEAST_ALIKE = 0.75
"""How like the name of a project another must be to be taken for a slip of the keys."""


def here(given: argparse.Namespace, known: Sequence[Project], source: str, *, as_is: bool = False) -> Here:
    """Where and when something is told. Raises ``NovaError`` for a target that is not known, or wrong."""
    from nova import moments, remembering, subject
    from nova.config import places
    from nova.git import Git

    folder = _folder()
    key, target = subject.whereabouts(folder, given.target, places())
    git = Git.at(folder)
    present, today = moments.now()
    everywhere = getattr(given, "everywhere", False)
    project = "" if everywhere or target is None else remembering.project_of_target(known, target.name)
    who = git.user() if git else ""
    return remembering.Here("" if everywhere else key, who, present, today, project, source, as_is)


def _folder() -> Path:
    from nova.errors import UsageError

    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the folder that one stands in is gone", next_step="cd to another") from error


@contextmanager
def memory_of(given: argparse.Namespace) -> Iterator[tuple[Memory, Any]]:
    """The memory that a command works with, and its bar; what keeps it from working becomes a ``UsageError``."""
    from memory import MemoryUnavailable
    from nova import app
    from nova.cli.progress import bar
    from nova.errors import UsageError
    from nova.request import Request

    try:
        with bar() as progress, app.remembered(Request(database=given.db), progress) as memory:
            tell_notices(memory)
            yield memory, progress
    except MemoryUnavailable as error:
        raise UsageError(error.what, why=error.why, next_step=error.next_step) from error


def tell_notices(memory: Memory) -> None:
    """Say on standard error what was found damaged or missing."""
    from nova.report.characters import sentence

    for notice in memory.notices:
        say(f"nova: {sentence(notice)}")


def say(line: str) -> None:
    """A line on standard error, where there is one."""
    if sys.stderr is not None:
        print(line, file=sys.stderr)


def project_named(known: Sequence[Project], name: str) -> tuple[str, bool]:
    """The project that a name means, and whether it has to be begun.

    Raises ``UsageError`` for an archived one, and for a name that is nearly that of another.
    """
    import difflib

    from nova import projects
    from nova.errors import UsageError

    name = " ".join(name.split())
    fits = [p for p in known if p.name == name] or [p for p in known if p.name.casefold() == name.casefold()]
    if fits and fits[0].archived:
        raise UsageError(f"{fits[0].name} is archived", next_step=f'open it again:  nova project add "{fits[0].name}"')
    if fits:
        return fits[0].name, False
    near = difflib.get_close_matches(name.casefold(), [p.name.casefold() for p in known], n=1, cutoff=LEAST_ALIKE)
    if near:
        meant = next(p.name for p in known if p.name.casefold() == near[0])
        raise UsageError(
            f"there is no project {name}",
            next_step=f'did you mean {meant}?  (to begin it all the same: nova project add "{name}")',
        )
    if not name or len(name) > projects.LONGEST:
        raise UsageError(f"the name of a project has 1 to {projects.LONGEST} characters")
    return name, True


class Stop:
    """Whether the person asked to stop: what is being written is finished first. A second Ctrl-C waits for nothing."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, *_: object) -> None:
        """Note that Ctrl-C was pressed."""
        import signal

        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def watched(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, until the person asks to stop: then ``KeyboardInterrupt`` is raised between two of them."""
        for row in rows:
            if self.asked:
                raise KeyboardInterrupt
            yield row


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Take Ctrl-C as a wish while a block runs: a database that is interrupted in a query says so in its own way."""
    import signal

    stop = Stop()
    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not the main thread, which alone may listen
        yield stop
        return
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def kept(memory: Memory, drafts: Sequence[Draft]) -> list[Taken]:
    """What became of drafts; of those whose place one took, that which a person named is told too."""
    from dataclasses import replace

    from memory import item_id

    named = {item_id(draft.target, draft.key): draft for draft in drafts if draft.replaces}
    told = []
    for one in memory.take(drafts):
        draft = named.get(one.item.id)
        old = memory.item(draft.target, draft.replaces) if draft and draft.replaces else None
        is_new = old is not None and old.superseded_by == one.item.id and all(i.id != old.id for i, _ in one.closed)
        told.append(replace(one, closed=((old, ""), *one.closed)) if old is not None and is_new else one)
    return told


def is_terminal() -> bool:
    """Whether a person can be asked: both what they type and what they see is a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def width() -> int:
    """How wide a result may be; what is piped is not broken."""
    from nova.cli import output

    return output.width() if sys.stdout is not None and sys.stdout.isatty() else WIDE


def asked(question: str) -> str:
    """What a person answers at the terminal; empty where they leave."""
    try:
        return input(question).strip()
    except EOFError:
        return ""


def put(given: argparse.Namespace, data: Any, text: str) -> None:
    """Print a result as data or as text."""
    import json

    from nova.cli import output

    output.put(json.dumps(data, indent=2) if given.format == "json" else text)
