"""What people said meets what was found: which dismissals hold, which rules are silent, and what is expected of each.

Pure but for the pages of memory that it is given: what was noted with a verdict, and what was said before.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from memory import Answer, match, read_lines, standing
from nova import kept
from nova.answer import State
from nova.lessons import is_silent, learnt_elsewhere, lesson, lessons_of, news, packed, silent, taught_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from memory import Life, Verdict
    from nova.heirs import Heir
    from nova.ports import Remembered
    from nova.ranking import Lesson
    from nova.subject import Subject
    from reviewers.finding import Finding

    Key = tuple[str, str]
    """Path and fingerprint."""

INHERITED = "inherited"
"""The page that holds which findings were left out for the sake of a dismissed predecessor."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a review found, and what it knows of the past of it.

    ``before`` are the findings of a change's base, and ``forward`` leads from a path there to those of now.
    ``is_whole``: every rule looked at every file.
    """

    subject: Subject
    findings: Sequence[Finding]
    states: Mapping[Key, State]
    ids: Mapping[Key, str]
    lives: Sequence[Life]
    renames: Mapping[str, str]
    before: Sequence[Finding] | None = None
    forward: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The states after what people said, and why. ``silent`` were left out for their rule, not for themselves.

    ``pages`` are to be kept, by target and name, and ``said`` where a person saw the answer.
    """

    states: dict[Key, State]
    silent: frozenset[Key] = frozenset()
    reasons: Mapping[Key, str] = field(default_factory=dict)
    lessons: Mapping[Key, Lesson] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    pages: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    said: bytes | None = None


def judge(found: Found, memory: Remembered | None, read: Callable[[str], bytes | None]) -> Judged:
    """Let what people said have its effect on what was found."""
    key = found.subject.key
    shared, complaints = read_lines(kept.verdict_lines(found.subject))
    spoken = list(dict.fromkeys([*shared, *(memory.verdicts(key) if memory is not None else ())]))
    taught, was_kept = taught_by(memory) if memory is not None else ({}, True)
    pages = {} if was_kept else {("", kept.TAUGHT): packed(taught)}
    elsewhere = learnt_elsewhere(taught, key)
    told = tuple(f".nova/verdicts.jsonl: {complaint}" for complaint in complaints)
    states = dict(found.states)
    if not spoken and not elsewhere:
        return Judged(states, notices=told, pages=pages)
    stand = standing(spoken)
    present = {(f.fingerprint, f.path): f for f in found.findings}
    matched = match(stand, present, found.renames, found.subject.tree.python)
    reasons: dict[Key, str] = {}
    for (mark, path), verdict in matched.items():
        if verdict.answer is Answer.DISMISS:
            states[path, mark] = State.DISMISSED
            reasons[path, mark] = f"dismissed ({verdict.because or 'no reason given'}) on {verdict.at[:10]}"
    rows = []
    speaks = _Spoken(found, spoken, matched)
    for heir in _heirs(found, stand, spoken, speaks, memory, read):
        path, mark = heir.finding.path, heir.finding.fingerprint
        reasons[path, mark] = heir.reason
        if heir.holds:
            states[path, mark] = State.DISMISSED
            rows.append([found.ids[path, mark], heir.finding.rule, path, heir.finding.symbol, heir.verdict.because,
                         heir.verdict.fingerprint])  # fmt: skip
    lessons = lessons_of(spoken, found.lives, found.renames, elsewhere)
    quiet = silent(found.findings, states, lessons, speaks.of)
    for place, one in quiet.items():
        states[place] = State.DISMISSED
        reasons[place] = is_silent(one)
    notices, said = news(lessons, found.subject, spoken, memory)
    learnt = {
        (f.path, f.fingerprint): known
        for f in found.findings
        if (f.path, f.fingerprint) not in quiet and (known := lesson(f, lessons)) is not None
    }
    if found.is_whole and memory is not None and inherited(memory, key) != rows:
        pages[key, INHERITED] = packed(rows)
    return Judged(states, frozenset(quiet), reasons, learnt, (*told, *notices), pages, said)


class _Spoken:
    """Of which findings people ever spoke, be it that they took it back."""

    def __init__(self, found: Found, spoken: Iterable[Verdict], matched: Mapping[Key, Verdict]) -> None:
        self._ids, self.matched = found.ids, matched
        self._words = {(v.fingerprint, name) for v in spoken for name in (v.id, v.path)}

    def of(self, finding: Finding) -> bool:
        """Whether people spoke of this very finding."""
        mark, path = finding.fingerprint, finding.path
        return (mark, path) in self.matched or not self._words.isdisjoint({(mark, path), (mark, self._ids[path, mark])})


def _heirs(
    found: Found,
    stand: Mapping[Key, Verdict],
    spoken: Sequence[Verdict],
    speaks: _Spoken,
    memory: Remembered | None,
    read: Callable[[str], bytes | None],
) -> list[Heir]:
    """The findings that may go on from dismissed ones; looked for only where such are gone."""
    used = {(v.fingerprint, v.path) for v in speaks.matched.values()}
    gone = [v for k, v in stand.items() if v.answer is Answer.DISMISS and k not in used]
    groups = {(v.rule, v.symbol) for v in gone}
    free = [f for f in found.findings if (f.rule, f.symbol) in groups and not speaks.of(f)]
    if not free:
        return []
    from nova.heirs import heirs

    return heirs(found, free, gone, stand, spoken, memory, read)


def inherited(memory: Remembered, target: str) -> list[list[str | None]]:
    """The rows that ``INHERITED`` holds: id, rule, path, symbol, reason, and the fingerprint of what was dismissed."""
    page = memory.page(target, INHERITED)
    rows: list[list[str | None]] = json.loads(page[1]) if page is not None else []
    return rows
