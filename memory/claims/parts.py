"""What a claim consists of: words with their roles, typed values, its cue and its mood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from memory.claims.values import Value


class Cue(StrEnum):
    """What a claim says of an earlier one by its own words."""

    NONE = ""
    CHANGE = "change"
    END = "end"
    CORRECTION = "correction"
    RENAME = "rename"


class Mood(StrEnum):
    """Whether a claim says how things are. Only a plain one replaces anything."""

    FACT = ""
    PLAN = "plan"
    QUESTION = "question"
    PAST = "past"
    CONDITION = "condition"
    OPINION = "opinion"


class Word(NamedTuple):
    """A word that counts in a claim."""

    key: str
    """What it is compared by: the name of its concept, or its root."""
    text: str
    role: str
    """``topic``, ``object`` (of a verb: topic or value, as it comes), ``value``, or ``context``, which only helps."""
    name: bool
    """Whether it looks like the name of somebody or something."""


SPEAKER = Word("i", "i", "topic", name=False)
"""The one who speaks, where a claim is about them."""
"""The one who speaks, where a claim is about them."""


class Amount(NamedTuple):
    """A typed value in a claim. ``front`` says that it stands where the subject does: *In March*, *Sprint 14*."""

    value: Value
    front: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a sentence says."""

    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]
    verb: str
    """The concept of its verb; ``is`` for being, empty without one."""
    positive: bool
    cue: Cue
    now: bool
    """Whether it says *now*, *from now on*, *again* or the like."""
    mood: Mood
    ended: frozenset[str] = frozenset()
    """The keys of the words that it says are over: *from Maria*, *instead of Celery*, *no longer uses X*."""
    ended_amounts: tuple[Value, ...] = ()
    added: bool = False
    """Whether it says that it comes beside what is known: *also*, *too*, *another*."""
    narrow: bool = False
    """Whether it speaks of an exception: *except*, *only for*."""
    fresh: frozenset[str] = frozenset()
    """What it calls new: *a new dentist*."""
    head: str = ""
    """The key of the noun that the topic turns on: *password* in *the database password*."""
    event: bool = False
    """Whether it tells what somebody once did rather than how things are."""
    coming: bool = False
    """Whether it tells of a change that is still to come: *will move to*."""
    links: frozenset[str] = frozenset()
    """How its verb is tied to the value: ``place`` (*in*, *on*, *to*) or ``means`` (*with*, *by*, *through*)."""
    content: tuple[Word, ...] = ()
    """Its words, each key once, with its verb where that says something: what two claims are compared by."""

    @property
    def subject(self) -> tuple[str, ...]:
        """The keys of what it is about."""
        return tuple(dict.fromkeys(word.key for word in self.words if word.role == "topic"))

    @property
    def attribute(self) -> str:
        """Which side of the subject it speaks of: its verb, or the sort of its value."""
        if self.verb not in {"", "is"}:
            return self.verb
        return self.amounts[0].value.sort if self.amounts else self.verb

    @property
    def value(self) -> str:
        """The value in words."""
        told = [amount.value.text for amount in self.amounts if not amount.front]
        return " ".join([*(word.text for word in self.words if word.role != "topic"), *told])
