"""Which proved fixes become proposals: one rule each, the best expected worth for the effort of reviewing it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.hunks import hunks
from reviewers.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nova.fixing import Judged
    from nova.proposing.past import Room

MOST_FILES = 8
MOST_LINES = 60
"""Changed lines, removed and added: what a person reads in some minutes. A choice."""
MINUTES, PER_LINE, PER_FILE = 2.0, 0.1, 0.5
"""What it takes to review a proposal at all, a changed line and a further file, in minutes; a choice too."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Fixes of one rule that make one proposal, best first. ``lines``: how many it removes and adds."""

    rule: str
    fixes: tuple[Judged, ...]
    lines: int
    worth: float

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it changes, each once."""
        return tuple(dict.fromkeys(item.offer.mend.path for item in self.fixes))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be proposed, and why the other rules with proved fixes are not."""

    subjects: tuple[Subject, ...]
    left: Mapping[str, str]


def choose(
    judged: Iterable[Judged],
    least: str,
    scores: Mapping[str, float],
    room: Room,
    top: int,
    standing: Callable[[str], float],
) -> Chosen:
    """The best subjects among fixes that reach ``least``.

    ``scores`` is what the ranking gave each finding (0 to 1, by id), ``standing`` the share of a rule's proposals and
    findings that people take. The expected worth of a subject is their product, summed over its fixes, for a minute of
    reviewing.
    """
    by_rule: dict[str, list[Judged]] = {}
    for item in judged:
        if item.proof.verdict.reaches(least):
            by_rule.setdefault(item.offer.mend.rule, []).append(item)
    left = {rule: why for rule, why in room.resting.items() if rule in by_rule}
    subjects = sorted(
        (_subject(rule, items, scores, standing(rule)) for rule, items in by_rule.items() if rule not in left),
        key=lambda s: (-s.worth, s.rule),
    )
    most = min(top, room.most)
    for subject in subjects[most:]:
        left[subject.rule] = room.why if most == room.most and room.why else f"{top} were asked for"
    return Chosen(tuple(subjects[:most]), left)


def again(
    judged: Iterable[Judged], least: str, scores: Mapping[str, float], findings: Mapping[str, Iterable[str]]
) -> tuple[Subject, ...]:
    """The subjects of open proposals, made anew of what is left of them. ``findings`` are theirs, by rule."""
    fit = [item for item in judged if item.proof.verdict.reaches(least)]
    found = []
    for rule, names in findings.items():
        own = set(names)
        items = [item for item in fit if item.offer.mend.rule == rule and item.offer.id in own]
        if items:
            found.append(_subject(rule, items, scores, 1.0))
    return tuple(found)


def _subject(rule: str, items: Sequence[Judged], scores: Mapping[str, float], standing: float) -> Subject:
    taken: list[Judged] = []
    lines = 0
    for item in sorted(items, key=lambda i: -scores.get(i.offer.id, 0.0)):
        more = changed(item.offer.before, item.offer.after)
        paths = {i.offer.mend.path for i in taken} | {item.offer.mend.path}
        if taken and (lines + more > MOST_LINES or len(paths) > MOST_FILES):
            continue
        taken.append(item)
        lines += more
    files = len({i.offer.mend.path for i in taken})
    effort = MINUTES + PER_LINE * lines + PER_FILE * (files - 1)
    worth = standing * sum(scores.get(i.offer.id, 0.0) for i in taken) / effort
    return Subject(rule, tuple(taken), lines, worth)


def changed(before: bytes, after: bytes) -> int:
    """How many lines a change removes and adds."""
    old, new = (split_lines(data.decode("utf-8", "surrogateescape")) for data in (before, after))
    return sum(hunk.end - hunk.first + hunk.new_end - hunk.new_first for hunk in hunks(old, new))
