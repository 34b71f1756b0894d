"""The course of a proposal: every stage that memory tells of, in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from nova.proposing.past import Proposal

ANSWERED = frozenset({Stage.MERGED, Stage.CHANGED, Stage.CLOSED})
"""The stages by which people answer a pull request; ``reverted`` takes such an answer back."""
TAKEN = frozenset({Stage.MERGED, Stage.CHANGED})
LANDED = TAKEN | {Stage.REVERTED}
"""The stages of what was merged at some time."""


@dataclass(frozen=True, slots=True)
class Course:
    """One proposal through time; ``stages`` is never empty, and its last is what stands."""

    stages: tuple[Proposal, ...]

    @property
    def last(self) -> Proposal:
        """The proposal at its newest stage."""
        return self.stages[-1]

    @property
    def ids(self) -> tuple[str, ...]:
        """The names that it had, the newest first: it gets another wherever it is made anew on another base."""
        return tuple(dict.fromkeys(one.id for one in reversed(self.stages)))

    @property
    def span(self) -> tuple[datetime | None, datetime | None]:
        """When it was opened and when people answered, each None where it did not happen or memory does not tell.

        Of one that was opened again, it is the last time; being made anew on another base is no opening.
        """
        opened = answered = None
        for one in self.stages:
            if one.stage is Stage.OPEN and (opened is None or answered is not None):
                opened, answered = moment(one.at), None
            elif one.stage in ANSWERED and answered is None:
                answered = moment(one.at)
        return opened, answered

    @property
    def waited(self) -> timedelta | None:
        """How long people took to answer; None where memory does not tell both ends."""
        opened, answered = self.span
        return answered - opened if opened is not None and answered is not None else None

    @property
    def named(self) -> str:
        """What a person knows it by."""
        return f"#{self.last.number}" if self.last.number else self.last.branch


def courses(told: Iterable[Proposal]) -> tuple[Course, ...]:
    """The courses of what was recorded, the oldest first; ``told`` is in the order of recording.

    As in ``remembered.newest``, a pull request is one proposal whatever its bases, the branch that it began as is a
    part of it, and a branch that is made after it came to an end is another.
    """
    found: dict[object, list[Proposal]] = {}
    for one in sorted(told, key=lambda one: moment(one.at)):
        if one.number is not None:
            begun = found.pop(one.id, [])
            found.setdefault(one.number, []).extend([*begun, one])
        else:
            found.setdefault(one.id, []).append(one)
    made = [Course(tuple(stages)) for stages in found.values()]
    return tuple(sorted(made, key=lambda course: moment(course.stages[0].at)))


def is_readable(one: Proposal) -> bool:
    """Whether the moment of a stage can be read; a journal can have been changed by hand."""
    try:
        moment(one.at)
    except ValueError:
        return False
    return True
