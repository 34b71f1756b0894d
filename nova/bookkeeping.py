"""The road of ``nova improve --report``: memory and git -> records -> counts and measures -> the ledger, a value."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from memory import Kind, MemoryUnavailable, to_line
from nova import answering, app, branches, misses
from nova.errors import GitError, UsageError
from nova.landing import History
from nova.ledger.course import courses, is_readable
from nova.ledger.tally import GIVEN, Records, landed, tallies, tally
from nova.ledger.values import Ledger, Reviews, Tip
from nova.measuring import measure
from nova.proposing import remembered
from nova.proposing.past import Stage
from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory import Item, Memory
    from memory.verdict import Verdict
    from nova.git import Git, Head
    from nova.ledger.course import Course
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject

PAGE = "improve:reported"
"""The page of memory that tells when the last report was made, and what it held."""
EVERY = 1_000_000
MEASURED = 30
"""Merged proposals that are measured, the newest first."""


@dataclass(slots=True)
class _Read:
    """What was read: for the counts, and for the next report."""

    records: Records
    reviews: Reviews
    since: str
    page: bytes
    notes: list[str] = field(default_factory=list)


def ledger(request: Request, now: str, progress: Progress) -> Ledger:
    """The ledger of a repository. ``now`` is ISO 8601 in UTC. Raises ``NovaError`` where there is no repository.

    It is remembered that it was made, so that the next one can tell what came since.
    """
    found = app.find_subject(request)
    git = found.git
    if git is None:
        raise UsageError(f"{found.root} is in no git repository", why="what became of a proposal is read from git")
    today, name = _today(git, found.target.branch)
    history = History(git, today.commit) if today is not None else None
    progress("reading memory")
    with app.remembered(request, progress) as memory:
        read = _read(memory, found, history, now)
    merged = landed(read.records.courses, read.records.by_hand)
    measured = measure(merged[:MEASURED], found, request, today, progress)
    with suppress(UsageError, MemoryUnavailable), app.remembered(request, progress) as memory:
        memory.keep_page(found.key, PAGE, now, read.page)
    tip = Tip(name, today.commit, today.time) if today is not None else None
    return Ledger(
        found.target.name, found.root, str(app.database(request)), tip, now, read.since, read.reviews,
        tally(read.records), tallies(read.records), tuple(measured), max(0, len(merged) - MEASURED),
        tuple(read.notes),
    )  # fmt: skip


def _today(git: Git, branch: str) -> tuple[Head | None, str]:
    """The commit that stands for today, and its name.

    It is the newest that the clone knows of the target's branch: at its remote, as Nova fetched it to propose on it,
    or here, where that holds all of the remote's. Without a branch by name it is the remote's default one, else HEAD.
    """
    if not branch:
        with suppress(GitError):
            branch = git.text("symbolic-ref", "refs/remotes/origin/HEAD").strip().removeprefix("refs/remotes/origin/")
    best: tuple[Head, str] | None = None
    for name, ref in (
        (f"origin/{branch}", f"refs/remotes/origin/{branch}"),
        (f"{branch} as it was fetched last", f"refs/nova/proposing/heads/{branch}"),
        (branch, f"refs/heads/{branch}"),
    ):
        with suppress(GitError):
            head = git.commit(ref)
            if best is None or git.is_ancestor(best[0].commit, head.commit):
                best = head, name
    if branch and best is not None:
        return best
    with suppress(GitError):
        return git.head(), git.text("symbolic-ref", "--short", "HEAD").strip()
    return git.head(), "HEAD"


def _read(memory: Memory, found: Subject, history: History | None, now: str) -> _Read:
    facts = memory.items(found.key, {Kind.FACT})
    notes = [*memory.notices, *(f"memory: {problem}" for problem in memory.check())]
    told = _courses(facts, notes)
    local = [course for course in told if course.last.stage is Stage.LOCAL]
    assert found.git is not None
    gone = frozenset(c.last.id for c in local if not branches.tip(found.git, c.last.branch))
    missed = {one.id: one.subject for one in facts if one.source == misses.SOURCE and not one.forgotten}
    said = {digest(to_line(v)): v for v in answering.spoken(memory, found) if v.answer in GIVEN}
    since, old = _last(memory, found.key)
    runs = memory.runs(found.key, EVERY)
    begun = sorted(run.started_at for run in runs)
    lives = memory.lives(found.key)
    known = set(old)
    page = json.dumps({"at": now, "held": sorted({*said, *missed})}).encode("ascii")
    records = Records(
        lives, told, gone, frozenset(c.last.id for c in local if _is_taken(history, c)), list(said.values()),
        _fresh(said, known), list(missed.values()), [rule for name, rule in missed.items() if name not in known],
    )  # fmt: skip
    return _Read(records, Reviews(len(runs), *(begun[:1] + begun[-1:] or ("", ""))), since, page, notes)


def _courses(facts: Sequence[Item], notes: list[str]) -> tuple[Course, ...]:
    """The courses of proposals; what cannot be read of them is told and not counted."""
    mine = [item for item in facts if item.source == remembered.SOURCE]
    told = [one for one in map(remembered.proposal_of, mine) if one is not None and is_readable(one)]
    out = sum(item.forgotten or not item.holds for item in mine)
    broken = len(mine) - len(told) - out
    if out:
        notes.append(f"{_counted(out, 'record')} of proposals {_were(out)} forgotten or closed by hand: not counted")
    if broken:
        notes.append(f"{_counted(broken, 'record')} of proposals cannot be read, and {_were(broken)} not counted")
    return courses(told)


def _last(memory: Memory, key: str) -> tuple[str, list[str]]:
    """When the last report was made, and what it held; nothing where none is known, or its page is damaged."""
    page = memory.page(key, PAGE)
    try:
        told = json.loads(page[1]) if page is not None else {}
        return str(told.get("at", "")), [str(name) for name in told.get("held", ())]
    except (ValueError, AttributeError, TypeError):
        return "", []


def _fresh(said: Mapping[str, Verdict], known: set[str]) -> list[Verdict]:
    return [verdict for name, verdict in said.items() if name not in known]


def _is_taken(history: History | None, course: Course) -> bool:
    """Whether people took a local branch without a pull request: its commit is in the branch's history."""
    if history is None:
        return False
    try:
        landing = history.landing(course)
    except GitError:
        return False
    return landing.own is not None and landing.landed is not None


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
