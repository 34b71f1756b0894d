"""A typed memory: one thing that a person said or that was decided, from when on it held, and until when."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kind(StrEnum):
    """What an item is."""

    NOTE = "note"
    FACT = "fact"
    DECISION = "decision"
    INSTRUCTION = "instruction"
    PROJECT = "project"
    GOAL = "goal"
    VALUE = "value"
    SKILL = "skill"
    TURN = "turn"
    """What was said in a conversation, as it was said."""
    PASSAGE = "passage"
    """A part of a document that was taken in."""
    CODE = "code"
    """A piece of code that was taken in, to be found by what it does."""
    VERDICT = "verdict"
    """What was said of a finding. It and the next two are only recalled: they are kept in tables of their own."""
    OUTCOME = "outcome"
    FINDING = "finding"


KEPT = tuple(kind for kind in Kind if kind not in {Kind.VERDICT, Kind.OUTCOME, Kind.FINDING})
"""The kinds of items that can be recorded as such."""


PERHAPS = "perhaps"
"""What the reason for a contradiction begins with where it is not clear."""


@dataclass(frozen=True, slots=True)
class Item:
    """One memory.

    With a ``predicate`` it is the value of that predicate for the subject, and a new value closes the one before:
    ``("staging", "address", "10.0.0.7")``. Without one it is a sentence. Times are ISO 8601 in UTC.
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
    """Whether a person asked for it to be forgotten: its texts are gone."""
    project: str = ""
    """The project that it belongs to; empty for none."""
    until: str = ""
    """The last day or moment for which it holds by its own words, as a day or a time in ISO 8601; empty for no end."""
    about: tuple[str, ...] = ()
    """What else it is about: files, symbols, rules, people."""
    session: str = ""
    """The conversation or the document that it is a part of, and where in it: its neighbours are near in both."""
    position: int = 0
    mark: str = ""
    """What a reader has to know of the text, such as that it looks like orders to an agent."""
    seen: int = 1
    """How many times it was said."""
    closed_why: str = ""
    """Why it was closed, in words."""
    rivals: Mapping[str, str] = field(default_factory=dict)
    """The ids of items that it contradicts without clearly taking their place, each with why, in words.

    Those without words are of the same matter, and it may be that both hold.
    """

    @property
    def holds(self) -> bool:
        """Whether nothing took its place."""
        return self.closed_at is None


ITEM = tuple(item.name for item in fields(Item))
COLUMNS = (*ITEM, "seq")
"""The columns of its table, the target left out; ``about`` and ``rivals`` are JSON there."""
TOLD = ITEM[1:10]
"""What every event tells of an item, beside its id: the rest follows from later events."""
EXTRA = ("project", "until", "about", "session", "position", "mark")
"""What an event tells of an item where there is something to tell."""
ID, KIND, SUBJECT, PREDICATE, VALUE, BECAUSE, SOURCE, FROM, RECORDED = map(
    ITEM.index,
    ("id", "kind", "subject", "predicate", "value", "because", "source", "valid_from", "recorded_at"),
)
CLOSED, BY, FORGOTTEN, PROJECT, SEEN, WHY, RIVALS = map(
    ITEM.index, ("closed_at", "superseded_by", "forgotten", "project", "seen", "closed_why", "rivals")
)
ABOUT, SESSION, MARK, WHO, POSITION, UNTIL = map(ITEM.index, ("about", "session", "mark", "who", "position", "until"))
TEXTS = (SUBJECT, VALUE, BECAUSE, SOURCE, ABOUT, SESSION, MARK, WHY, RIVALS)
"""The columns that hold words of somebody, or of what they were taken from."""


def to_data(item: Item) -> dict[str, Any]:
    """What an event tells of an item."""
    told: dict[str, Any] = {"id": item.id} | {name: getattr(item, name) for name in TOLD}
    extra = {name: getattr(item, name) for name in EXTRA}
    return told | {name: list(value) if name == "about" else value for name, value in extra.items() if value}


def row_of(data: Mapping[str, Any], seq: int) -> list[Any]:
    """The row of an item that an event tells of. Raises ``KeyError`` for one that tells too little."""
    told = [str(data[name]) for name in ("id", *TOLD)]
    about = json.dumps([str(name) for name in data.get("about", ())]) if data.get("about") else ""
    extra = [str(data.get("project", "")), str(data.get("until", "")), about, str(data.get("session", ""))]
    rivals = json.dumps(data["rivals"], sort_keys=True) if data.get("rivals") else ""
    return [
        *told, None, None, False, *extra, int(data.get("position", 0)), str(data.get("mark", "")), 1, "", rivals, seq
    ]  # fmt: skip


def from_row(row: Sequence[Any]) -> Item:
    """The item that a row holds."""
    told = dict(zip(ITEM, row, strict=False))
    about, rivals = told.pop("about"), told.pop("rivals")
    return Item(**told, about=tuple(json.loads(about)) if about else (), rivals=json.loads(rivals) if rivals else {})


def item_id(target: str, key: str) -> str:
    """The id of the item that was recorded under a key: recording again with the same key gives the same id."""
    return blake2b(f"{target}\0{key}".encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, case, punctuation and layout aside."""
    return plain_words(one) == plain_words(other)


def plain_words(text: str) -> list[str]:
    """The words of a text as they stand, case and punctuation aside."""
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()
