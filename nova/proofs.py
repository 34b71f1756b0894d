"""What proofs leave in memory: each with its patch, so that it can be repeated; and the recording of a test suite."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova import app
from nova.errors import UsageError
from nova.fixing import diff_of
from nova.lessons import note_refuted
from nova.moments import now
from nova.ports import silent
from nova.proof.as_data import from_data, to_data
from nova.proof.case import Mend
from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from memory import Memory
    from nova.ports import Progress
    from nova.proof.case import Patch
    from nova.proof.verdict import Proof
    from nova.request import Request
    from nova.subject import Subject

_RECORDING = "test recording"


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof to keep, by the id of its finding or the key of its patch."""

    name: str
    patch: Patch
    mends: tuple[Mend, ...]
    proof: Proof

    def data(self) -> bytes:
        """As JSON, with all that it takes to repeat it."""
        diff = "".join(diff_of(c.path, c.before, c.after) for c in self.patch.files)
        spans = [[m.span.line, m.span.column, m.span.end_line, m.span.end_column] for m in self.mends]
        mends = [[m.rule, m.path, *span] for m, span in zip(self.mends, spans, strict=True)]
        return json.dumps({"proof": to_data(self.proof), "diff": diff, "mends": mends}).encode("ascii")


@dataclass(frozen=True, slots=True)
class Recalled:
    """A proof that was kept: the patch as a diff, what it mends, and what was found then."""

    diff: bytes
    mends: tuple[Mend, ...]
    proof: Proof


def keep(
    request: Request,
    found: Subject,
    proofs: Sequence[Kept],
    progress: Progress,
    say: Callable[[str], None] = silent,
) -> None:
    """Keep proofs in memory, all or none; where there is no memory ``say`` is told why."""
    with app.shelf(request, progress).hold() as (memory, notices):
        if memory is not None:
            _keep_all(memory, found, proofs)
        for notice in notices if memory is None else ():
            say(notice)


def _keep_all(memory: Memory, found: Subject, proofs: Sequence[Kept]) -> None:
    def work() -> None:
        for kept in proofs:
            memory.keep_page(found.key, f"proof:{kept.name}", kept.patch.key, kept.data())

    memory.together(work)
    who = found.git.user() if found.git else ""
    for kept in proofs:
        note_refuted(memory, found.key, kept.proof, kept.mends, who, now()[0])


class Recordings:
    """Where the last recording of a subject's tests is kept; memory is held for each look alone."""

    def __init__(self, request: Request, found: Subject, progress: Progress) -> None:
        self._shelf = app.shelf(request, progress)
        self._target = found.key
        self._progress = progress

    def get(self, key: str) -> bytes | None:
        """The recording that was kept under a key; that there is none means that one is made now."""
        with self._shelf.hold() as (memory, _):
            page = memory.page(self._target, _RECORDING) if memory is not None else None
        if page is not None and page[0] == key:
            return page[1]
        self._progress("running the whole suite once, to learn which test runs which line")
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep a recording in place of the one before."""
        with self._shelf.hold() as (memory, _):
            if memory is not None:
                memory.keep_page(self._target, _RECORDING, key, data)


def recalled(memory: Memory, found: Subject, name: str) -> Recalled:
    """The proof that was kept last under a name.

    Raises ``UsageError`` where there is none, and where it cannot be read.
    """
    page = memory.page(found.key, f"proof:{name}")
    if page is None:
        raise UsageError(f"no proof is kept for {name}", next_step="nova prove ID  makes and keeps one")
    try:
        data = json.loads(page[1])
        mends = tuple(Mend(rule, path, Span(*span)) for rule, path, *span in data["mends"])
        return Recalled(data["diff"].encode("utf-8", "surrogatepass"), mends, from_data(data["proof"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"the proof that is kept for {name} cannot be read", why=f"another Nova may have kept it: {error}",
            next_step="nova prove ID  makes it anew",
        ) from error  # fmt: skip
