"""Proofs in memory: each with its patch, so that it can be repeated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova import app
from nova.errors import UsageError
from nova.fixing import diff_of
from nova.proof.as_data import from_data, to_data
from nova.proof.case import Mend
from reviewers.finding import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory import Memory
    from nova.ports import Progress
    from nova.proof.case import Patch
    from nova.proof.verdict import Proof
    from nova.request import Request
    from nova.subject import Subject


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


def keep(request: Request, found: Subject, proofs: Sequence[Kept], progress: Progress) -> None:
    """Keep proofs in memory, where there is one."""
    with app.shelf(request, progress).hold() as (memory, _):
        if memory is not None:
            _keep_all(memory, found, proofs)


def _keep_all(memory: Memory, found: Subject, proofs: Sequence[Kept]) -> None:
    def work() -> None:
        for kept in proofs:
            memory.keep_page(found.key, f"proof:{kept.name}", kept.patch.key, kept.data())

    memory.together(work)


def recalled(memory: Memory, found: Subject, name: str) -> Recalled:
    """The proof that was kept last under a name.

    Raises ``UsageError`` where there is none.
    """
    page = memory.page(found.key, f"proof:{name}")
    if page is None:
        raise UsageError(f"no proof is kept for {name}", next_step="nova prove ID  makes and keeps one")
    data = json.loads(page[1])
    mends = tuple(Mend(rule, path, Span(*span)) for rule, path, *span in data["mends"])
    return Recalled(data["diff"].encode(), mends, from_data(data["proof"]))
