"""What verdicts have taught, as a review needs it: which rules are silent, what is expected of a finding, in words.

Pure but for the pages of memory that it is given.
"""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from memory import Answer, standing
from memory.item import Kind
from memory.refuted import Refuted, Standing, refuted_of, told_elsewhere
from memory.silence import silence, silences
from memory.teaching import NONE, Count, Lessons, tally, votes
from nova import kept
from nova.answer import State
from nova.ranking import Lesson
from nova.rules import expected, is_grave
from reviewers.digests import digest
from reviewers.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from memory import Life, Memory, Verdict
    from memory.silence import Silence
    from memory.teaching import Learnt
    from nova.ports import Remembered
    from nova.proof.case import Mend
    from nova.proof.verdict import Proof
    from nova.subject import Subject
    from reviewers.finding import Finding

    Key = tuple[str, str]
    """Path and fingerprint."""
    Taught = Mapping[str, Mapping[str, tuple[int, int]]]
    """By target and rule: how many were accepted and dismissed."""

One = TypeVar("One")
SAID = "silence said"
"""The page that holds which silences a person was told of, and at which state."""
MOST, MOST_GRAVE = 2.0, 1.0
"""What verdicts add to the log odds of a finding at most, and what they take from a high one; a choice."""


def lessons_of(
    spoken: Sequence[Verdict], lives: Sequence[Life], renames: Mapping[str, str], elsewhere: Mapping[str, Count]
) -> Lessons:
    """What was learnt of a repository from all that was said of it; files are taken where they are now."""
    said_of = {v.id for v in spoken}
    places = {(life.fingerprint, life.id): life.path for life in lives if life.id in said_of}
    later = {before: now for now, before in renames.items()}
    cast = votes(standing(spoken).values(), lambda v: places.get((v.fingerprint, v.id)) or later.get(v.path, v.path))
    wakings = [replace(v, path=later.get(v.path, v.path)) for v in spoken if v.answer is Answer.WAKE]
    return Lessons(cast, wakings, elsewhere)


def learnt_elsewhere(taught: Taught, target: str) -> dict[str, Count]:
    """What the person's other repositories tell of each rule."""
    found: dict[str, Count] = {}
    for other, counts in sorted(taught.items()):
        if other != target:
            for rule, (accepted, dismissed) in counts.items():
                found[rule] = found.get(rule, NONE) + Count(accepted, dismissed)
    return found


def taught_by(memory: Remembered) -> tuple[Taught, bool]:
    """What each repository tells the others, by rule, and whether it was kept: else all of them had to be asked."""
    page = memory.page("", kept.TAUGHT)
    if page is not None:
        return json.loads(page[1]), True
    told = {name: _tally(memory, name) for name in memory.targets() if name}
    return {name: counts for name, counts in told.items() if counts}, False


def teach(memory: Remembered, target: str) -> None:
    """Bring what a repository tells the others up to what was said of it."""
    taught = dict(taught_by(memory)[0]) | {target: _tally(memory, target)}
    memory.keep_page("", kept.TAUGHT, "", packed({name: counts for name, counts in taught.items() if counts}))


def packed(data: object) -> bytes:
    """Plain data as a page holds it."""
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode("ascii")


def _tally(memory: Remembered, target: str) -> dict[str, tuple[int, int]]:
    told = tally(votes(standing(memory.verdicts(target)).values(), lambda v: v.path))
    return {rule: (one.accepted, one.dismissed) for rule, one in told.items()}


def silent(
    findings: Iterable[Finding],
    states: Mapping[Key, State],
    lessons: Lessons,
    spoken_of: Callable[[Finding], bool],
) -> dict[Key, Silence]:
    """The findings of silent rules. One of high consequence speaks on, and so does one that was spoken of itself."""
    known: dict[tuple[object, ...], Silence | None] = {}
    silent = {}
    for f in findings:
        if f.severity is Severity.HIGH or not lessons.files(f.rule) or states[f.path, f.fingerprint] is State.DISMISSED:
            continue
        place = f.rule, lessons.near(f.rule, f.path)[-1], lessons.woken(f.rule, f.path)
        if place not in known:
            known[place] = silence(lessons, f.rule, f.path, expected(f.rule).share)
        one = known[place]
        if one is not None and not spoken_of(f):
            silent[f.path, f.fingerprint] = one
    return silent


def lesson(finding: Finding, lessons: Lessons) -> Lesson | None:
    """What the votes say of a finding: the log odds of its posterior, less those of what its rule is known for."""
    if not lessons.has(finding.rule):
        return None
    prior = expected(finding.rule).share
    learnt = lessons.expect(finding.rule, finding.path, finding.symbol, finding.fingerprint, prior)
    if learnt is None:
        return None
    shift = _logit(learnt.posterior.mean) - _logit(prior)
    least = MOST_GRAVE if finding.severity is Severity.HIGH else MOST
    return Lesson(min(max(shift, -least), MOST), _in_words(learnt, finding))


def _logit(share: float) -> float:
    share = min(max(share, 0.005), 0.995)
    return math.log(share / (1 - share))


def _in_words(learnt: Learnt, finding: Finding) -> str:
    if learnt.place == "finding":
        return "accepted before" if learnt.count.accepted else "dismissed before"
    where = {"elsewhere": "in other repositories", "symbol": f"in {finding.symbol}"}.get(learnt.place)
    return f"{counted(learnt.count)} {where or where_is(learnt.path, finding.path)}"


def counted(count: Count) -> str:
    """``dismissed 3 of 4 times``."""
    word, number = ("accepted", count.accepted) if count.accepted > count.dismissed else ("dismissed", count.dismissed)
    return f"{word} {number} of {count.total} times" if count.total > 1 else f"{word} once"


def where_is(path: str, own: str = "") -> str:
    """A place in words: ``in tests/``, ``in this file``, ``in this repository``."""
    if not path:
        return "in this repository"
    return "in this file" if path == own else f"in {path}/"


def named(one: Silence) -> str:
    """The path of a silence as it is typed: a folder ends with a slash; empty for the repository."""
    return f"{one.path}/" if one.kind == "folder" else one.path


def wakes(one: Silence) -> str:
    """The command that wakes a silent rule."""
    path = named(one)
    return f"nova verdict --wake {one.rule}" + (f" --path {shlex.quote(path)}" if path else "")


def is_silent(one: Silence) -> str:
    """That a rule is silent somewhere, why, and how to wake it."""
    where = f"in {named(one)}" if one.path else "in this repository"
    return f"{one.rule} is silent {where}: {counted(one.count)}; {wakes(one)}"


def news(
    lessons: Lessons, subject: Subject, spoken: Sequence[Verdict], memory: Remembered | None
) -> tuple[list[str], bytes | None]:
    """The silences that nobody was told of before, and what is to be kept once somebody was.

    A silence is told at the one state (files and answers) at which it was told first, so that asking again there
    gives the same bytes, and never at another.
    """
    page = memory.page(subject.key, SAID) if memory is not None else None
    before: dict[str, str] = json.loads(page[1]) if page is not None else {}
    found = [
        one for rule in lessons.rules if not is_grave(rule) for one in silences(lessons, rule, expected(rule).share)
    ]
    if not found and not before:
        return [], None
    state = digest(subject.tree.snapshot.key, *map(repr, spoken))
    now = {f"{one.rule} {one.path}": before.get(f"{one.rule} {one.path}", state) for one in found}
    notices = [is_silent(one) for one in found if now[f"{one.rule} {one.path}"] == state]
    return notices, packed(now) if now != before else None


def note_refuted(memory: Memory, target: str, proof: Proof, mends: Sequence[Mend], who: str, at: str) -> Refuted | None:
    """Remember that the fix of a rule was refuted; None where the proof refutes nothing, or nobody can say whose it is.

    A patch that mends several findings was joined of fixes, each of which was judged alone: it speaks against none.
    The same patch is remembered once. ``at`` is ISO 8601 in UTC.
    """
    if proof.verdict.value != "refuted" or len(mends) != 1:
        return None
    rung = next((r.name for r in proof.rungs if r.outcome.value == "refuted"), "")
    found = Refuted(mends[0].rule, mends[0].path, proof.patch, rung, at)
    memory.remember(found.item(who), target, found.key)
    return found


def standing_of(memory: Memory, target: str) -> Standing:
    """How the fixes of each rule stand in a repository, after what was refuted there and in the person's others."""
    told = {name: _refuted(memory, name) for name in {*memory.targets(), target} if name}
    wakings = [v for v in memory.verdicts(target) if v.answer is Answer.WAKE]
    return Standing(told[target], told_elsewhere(told, target), wakings)


def _refuted(memory: Memory, target: str) -> list[Refuted]:
    found = map(refuted_of, memory.items(target, {Kind.FACT}))
    return [one for one in found if one is not None]


def by_standing(some: Iterable[One], place_of: Callable[[One], tuple[str, str]], standing: Standing) -> list[One]:
    """Fixes in the order in which they are to be tried: those of rules of which more was refuted come later.

    ``place_of`` gives the rule of a fix and its path. Those that stand alike keep their order.
    """
    return sorted(some, key=lambda one: -standing.expected(*place_of(one)).mean)


def refuted_before(standing: Standing, rule: str) -> str:
    """``3 fixes of this rule were refuted before``; empty where none was."""
    times = standing.times(rule)
    if not times:
        return ""
    return f"{times} fixes of this rule were refuted before" if times > 1 else "a fix of this rule was refuted before"
