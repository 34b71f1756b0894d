"""A typed memory: one thing that a person said or that was decided, from when on it held, and until when."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from hashlib import blake2b


class Kind(StrEnum):
    """What an item is. Findings, verdicts and runs have tables of their own."""

    NOTE = "note"
    FACT = "fact"
    DECISION = "decision"
    INSTRUCTION = "instruction"
    PROJECT = "project"
    GOAL = "goal"
    VALUE = "value"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Item:
    """One memory.

    With a ``predicate`` it is the value of that predicate for the subject, and a new value closes the one before:
    ``("staging", "address", "10.0.0.7")``. Without one it stands alone. Times are ISO 8601 in UTC.
    """

    id: str
    kind: str
    subject: str
    predicate: str
    value: str
    because: str
    who: str
    source: str
    """Where it was taken from: a file with its lines, a conversation, a command."""
    valid_from: str
    recorded_at: str
    closed_at: str | None = None
    """Since when it no longer holds; None while it does."""
    superseded_by: str | None = None
    """The id of the item that took its place."""
    forgotten: bool = False
    """Whether a person asked for it to be forgotten: its texts are gone from the tables."""

    @property
    def holds(self) -> bool:
        """Whether it is still so."""
        return self.closed_at is None


ITEM = tuple(field.name for field in fields(Item))
TOLD = ITEM[1:10]
"""What an event tells of an item, beside its id: the rest follows from later events."""
ID, KIND, SUBJECT, PREDICATE, VALUE, BECAUSE, SOURCE, FROM, CLOSED, BY, FORGOTTEN = map(
    ITEM.index,
    ("id", "kind", "subject", "predicate", "value", "because", "source", "valid_from", "closed_at", "superseded_by",
     "forgotten"),
)  # fmt: skip


def item_id(target: str, key: str) -> str:
    """The id of the item that was recorded under a key: recording again with the same key gives the same id."""
    return blake2b(f"{target}\0{key}".encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, case, punctuation and layout aside."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()
