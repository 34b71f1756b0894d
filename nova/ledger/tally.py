"""The ledger's counts, for one rule and for all: findings, proposals by stage, answers, verdicts and misses. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from memory.verdict import Answer
from nova.ledger.course import LANDED, TAKEN
from nova.ledger.share import Share
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import timedelta

    from memory.life import Life
    from memory.verdict import Verdict
    from nova.ledger.course import Course

GIVEN = (Answer.ACCEPT, Answer.DISMISS, Answer.LATER, Answer.UNDO)
"""What people say of findings; what they say of a rule (``wake``) is no answer to one."""
_ENDED = (Stage.MERGED, Stage.CHANGED, Stage.CLOSED, Stage.REVERTED)


@dataclass(frozen=True, slots=True)
class Times:
    """How long people took to answer, in seconds; ``known`` of ``answered`` have both ends in memory."""

    known: int
    answered: int
    median: float | None = None
    shortest: float | None = None
    longest: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one rule, or of all.

    ``stages`` counts proposals by where they are, ``taken_back`` those among the local ones whose branch is gone.
    ``verdicts`` counts the answers by kind, ``fresh`` those that no earlier report held.
    """

    found: int = 0
    open: int = 0
    stages: Mapping[str, int] = field(default_factory=dict)
    taken_back: int = 0
    by_hand: int = 0
    """Local branches that are in the history of the target's branch: people took them without a pull request."""
    times: Times = Times(0, 0)
    verdicts: Mapping[str, int] = field(default_factory=dict)
    fresh: Mapping[str, int] = field(default_factory=dict)
    misses: int = 0
    fresh_misses: int = 0

    @property
    def proposed(self) -> int:
        """How many proposals were made, the local ones included."""
        return sum(self.stages.values())

    @property
    def posted(self) -> int:
        """How many had a pull request."""
        return self.proposed - self.stages.get(Stage.LOCAL, 0)

    @property
    def acceptance(self) -> Share:
        """The share that people merged and left in, among those that they answered."""
        taken = sum(self.stages.get(stage, 0) for stage in TAKEN)
        refused = self.stages.get(Stage.CLOSED, 0) + self.stages.get(Stage.REVERTED, 0)
        return Share(taken, taken + refused)

    @property
    def is_told_of(self) -> bool:
        """Whether anything but findings is known of it."""
        return bool(self.stages or self.verdicts or self.misses)


@dataclass(frozen=True, slots=True)
class Records:
    """What was read from memory and git, to be counted. ``miss`` is the rule of each finding that a look missed.

    ``gone`` and ``by_hand`` hold the ids of local proposals whose branch is gone, or whose commit people took.
    """

    lives: Sequence[Life] = ()
    courses: Sequence[Course] = ()
    gone: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()
    verdicts: Sequence[Verdict] = ()
    fresh: Sequence[Verdict] = ()
    misses: Sequence[str] = ()
    fresh_misses: Sequence[str] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that anything is known of, by name."""
        told = {life.rule for life in self.lives} | {course.last.rule for course in self.courses}
        said = {v.rule for v in self.verdicts if v.answer in GIVEN}
        return tuple(sorted(told | said | set(self.misses)))


def tally(records: Records, rule: str | None = None) -> Tally:
    """The counts of one rule; of all where none is named."""

    def fits(name: str) -> bool:
        return rule is None or name == rule

    lives = [life for life in records.lives if fits(life.rule)]
    courses = [course for course in records.courses if fits(course.last.rule)]
    local = {course.last.id for course in courses if course.last.stage is Stage.LOCAL}
    return Tally(
        len(lives),
        sum(life.state == "open" for life in lives),
        _counted(course.last.stage.value for course in courses),
        len(local & (records.gone - records.by_hand)),
        len(local & records.by_hand),
        times(courses),
        _answers(v for v in records.verdicts if fits(v.rule)),
        _answers(v for v in records.fresh if fits(v.rule)),
        sum(map(fits, records.misses)),
        sum(map(fits, records.fresh_misses)),
    )


def tallies(records: Records) -> dict[str, Tally]:
    """The counts of every rule: those with most proposals first, then those with most said of them, then by name."""
    told = {rule: tally(records, rule) for rule in records.rules}
    said = {rule: one.proposed or 0 for rule, one in told.items()}
    order = sorted(told, key=lambda r: (-said[r], -sum(told[r].verdicts.values()), -told[r].misses, -told[r].found, r))
    return {rule: told[rule] for rule in order}


def times(courses: Iterable[Course]) -> Times:
    """How long people took to answer."""
    answered = [course for course in courses if course.last.stage in _ENDED]
    known = sorted(_seconds(course.waited) for course in answered if course.waited is not None)
    if not known:
        return Times(0, len(answered))
    return Times(len(known), len(answered), median(known), known[0], known[-1])


def landed(courses: Iterable[Course], by_hand: frozenset[str]) -> list[Course]:
    """Those that were merged at some time, by whom and how ever, the newest first."""
    found = [c for c in courses if c.last.stage in LANDED or (c.last.stage is Stage.LOCAL and c.last.id in by_hand)]
    return found[::-1]


def _seconds(span: timedelta) -> float:
    return span.total_seconds()


def _counted(words: Iterable[str]) -> dict[str, int]:
    found = Counter(words)
    return {stage.value: found[stage.value] for stage in Stage if found[stage.value]}


def _answers(verdicts: Iterable[Verdict]) -> dict[str, int]:
    found = Counter(v.answer for v in verdicts)
    return {answer.value: found[answer] for answer in GIVEN if found[answer]}
