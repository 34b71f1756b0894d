"""A pull request's conversation in memory: what a living review reads and writes, and how GitHub keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova.living.marker import digest_of
from nova.living.port import Refused, Uncertain
from nova.living.running import keep_alive
from nova.living.values import Anchor, Conversation, Found, Pull, Remark, Settings, Side, Thread, Wanted
from nova.living.writes import DropSummary, EditComment, EditSummary, PostReview, PostSummary, Reopen, Resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.living.lines import Held
    from nova.living.running import Posted
    from nova.living.values import Limits, Standing
    from nova.living.writes import Report, Write

NOVA = "nova-bot"


class Killed(BaseException):
    """The process ended in the middle."""


@dataclass
class Model:
    """One pull request. ``calls`` counts what is asked; at the call ``end`` the process ends, before or after it."""

    head: str = "h0"
    remarks: list[Remark] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    writers: frozenset[str] = frozenset({"ada"})
    may_resolve: bool = True
    is_persons: bool = False
    """Whether Nova posts as a person: what that person does by hand is done by the same account."""
    bad_paths: frozenset[str] = frozenset()
    """Paths whose lines GitHub refuses."""
    calls: int = 0
    end: int = 0
    is_after: bool = False
    drops: dict[int, bool] = field(default_factory=dict)
    """Calls whose connection breaks off, and whether that is after the write."""
    reviews: list[int] = field(default_factory=list)
    _number: int = 100

    def pull(self, number: int) -> Pull:
        side = Side("main", "b", "o/r")
        return Pull(number, "A change", "eve", side, replace(side, branch="feature", commit=self.head))

    def conversation(self, number: int) -> Conversation:
        self._count()
        return Conversation(self.head, tuple(self.remarks), tuple(self.threads), self.is_persons)

    def held(self, number: int) -> dict[str, tuple[Held, ...]]:
        return {}

    def may_write(self, login: str) -> bool | None:
        self._count()
        return login in self.writers

    def report(self, report: Report, way: str) -> str:
        return way

    def upload(self, number: int, head: str, sarif: str) -> None:
        return

    def carry_out(self, number: int, write: Write) -> None:
        before = not self.is_after
        self.calls += 1
        drop = self.drops.get(self.calls)
        if self.calls == self.end and before:
            raise Killed
        if drop is False:
            raise Uncertain("dropped before")
        self._do(write)
        if self.calls == self.end:
            raise Killed
        if drop is True:
            raise Uncertain("dropped after")

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.end:
            raise Killed

    def _new(self) -> int:
        self._number += 1
        return self._number

    def _do(self, write: Write) -> None:
        match write:
            case PostReview(head, _, comments):
                assert head == self.head
                assert comments
                if any(one.anchor.path in self.bad_paths for one in comments):
                    raise Refused("", "line must be part of the diff (422)", is_invalid=True)
                self.reviews.append(len(comments))
                for one in comments:
                    remark = Remark(self._new(), NOVA, one.body, is_own=True)
                    start = None if one.anchor.start == one.anchor.end else one.anchor.start
                    self.threads.append(Thread(f"T{remark.id}", one.anchor.path, one.anchor.end, start, remark))
            case EditComment(id, body):
                at = next(n for n, t in enumerate(self.threads) if t.first.id == id)
                self.threads[at] = replace(self.threads[at], first=replace(self.threads[at].first, body=body))
            case Resolve(thread):
                self._turn(thread, is_resolved=True)
            case Reopen(thread):
                self._turn(thread, is_resolved=False)
            case PostSummary(body):
                self.remarks.append(Remark(self._new(), NOVA, body, is_own=True))
            case EditSummary(id, body):
                at = next(n for n, r in enumerate(self.remarks) if r.id == id)
                self.remarks[at] = replace(self.remarks[at], body=body)
            case DropSummary(id):
                self.remarks = [r for r in self.remarks if r.id != id]

    def _turn(self, name: str, *, is_resolved: bool) -> None:
        if not self.may_resolve:
            raise Refused("", "Resource not accessible by integration")
        self.turn(name, NOVA if is_resolved else "")

    def turn(self, name: str, who: str) -> None:
        """Resolve a thread in somebody's name, or open it where that is empty."""
        at = next(n for n, t in enumerate(self.threads) if t.id == name)
        own = who == NOVA
        self.threads[at] = replace(self.threads[at], is_resolved=bool(who), resolved_by=who, is_resolved_by_own=own)

    def say(self, who: str, body: str, thread: int = 0) -> None:
        """Answer in a thread."""
        at = f"2026-01-01T00:{self._new():05}Z"
        reply = Remark(self._number, who, body, is_own=who == NOVA, at=at)
        self.threads[thread] = replace(self.threads[thread], replies=(*self.threads[thread].replies, reply))

    def state(self) -> object:
        """All that can be seen, without the numbers that GitHub gives."""
        threads = sorted((t.path, t.lines or (0, 0), t.first.body, t.is_resolved) for t in self.threads)
        return threads, [r.body for r in self.remarks]


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding of the model: what it is, and whether a comment can stand on it."""

    mark: str
    path: str
    line: int = 1
    anchored: bool = True
    text: str = "it is wrong"


def found(faults: Sequence[Fault], head: str, renames: Mapping[str, str] | None = None, **more: object) -> Found:
    """The findings of a head, with the words for them; ids flip when a twin appears, as they do in a review."""
    homes: dict[str, set[str]] = {}
    for fault in faults:
        homes.setdefault(fault.mark, set()).add(fault.path)
    wanted = []
    for fault in faults:
        name = fault.mark if len(homes[fault.mark]) == 1 else digest_of(fault.mark, fault.path)
        anchor = Anchor(fault.path, fault.line, fault.line) if fault.anchored else None
        body, plain = f"{fault.text}\n\n```suggestion\nx\n```", fault.text
        wanted.append(
            Wanted(name, fault.mark, fault.path, anchor, body, plain, body, plain, f"- {fault.mark} in {fault.path}")
        )
    names = {new: (old,) for new, old in (renames or {}).items()}
    paths = frozenset(f.path for f in faults)
    return Found(head, tuple(wanted), names, **({"paths": paths} | more))  # type: ignore[arg-type]


def summarise(standing: Standing, limits: Limits) -> str:
    """A summary in the fewest words."""
    return "\n".join([f"{len(standing.inline)} inline", *(w.entry for w in standing.below), *sorted(limits.reasons)])


def run(
    model: Model,
    what: Found,
    settings: Settings | None = None,
    text: Callable[[Standing, Limits], str] = summarise,
) -> Posted:
    """One run over what was found at the model's head."""
    return keep_alive(model, 1, lambda _: what, settings or Settings(), text, lambda: None)
