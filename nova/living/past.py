"""What the summary's marker tells of the last time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.living import marker

if TYPE_CHECKING:
    from nova.living.marker import Marker
    from nova.living.values import Conversation, Remark

MOST_KEYS = {"inline": 200, "below": 1000, "settled": 300, "waiting": 1000, "done": 300, "missed": 300}
"""Keys of each list in the summary's marker: a comment has room for 65,536 characters, and its text needs some."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the summary's marker tells of the last time: the head, and the findings by where they were.

    ``is_whole``: everything in scope could be read then, and all that was found is listed here.
    """

    head: str = ""
    is_whole: bool = False
    inline: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    """In the summary for as long as nothing is put on lines, as in a draft."""
    less: frozenset[str] = frozenset()
    """What the token could not do then."""
    done: frozenset[str] | None = None
    """The threads that Nova resolved; None where the summary does not tell."""
    was: str = ""
    """The head before that one: what is said of the way from there stays while the same head is looked at again."""
    missed: frozenset[str] = frozenset()
    """What a look at the head before had missed."""

    def before(self, head: str) -> str:
        """The head that was looked at before this one; empty where it is the first."""
        return self.was if self.head == head else self.head

    def had_below(self, keys: frozenset[str]) -> bool:
        """Whether the summary told of a finding; with more than it has room to list, that is taken to be so."""
        return bool(keys & self.below) or len(self.below) >= MOST_KEYS["below"]

    @property
    def known(self) -> frozenset[str]:
        """Every finding that was told of."""
        return self.inline | self.below | self.settled | self.waiting


def past_of(conversation: Conversation) -> Past:
    """What the last summary tells; nothing where there is none."""
    for _, one in summaries(conversation):
        return Past(
            one.get("head"), one.get("state") == "whole", one.listed("inline"), one.listed("below"),
            one.listed("settled"), one.listed("waiting"), one.listed("less"),
            one.listed("done") if "done" in one.fields else None, one.get("was"), one.listed("missed"),
        )  # fmt: skip
    return Past()


def summaries(conversation: Conversation) -> list[tuple[Remark, Marker]]:
    """The comments that sum up, each with its marker: one, but where two runs met."""
    found = []
    for remark in conversation.remarks:
        one = marker.read(remark)
        if one is not None and one.kind == "summary":
            found.append((remark, one))
    return found
