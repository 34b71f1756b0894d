"""Fixes that a proof has refuted: how memory keeps them, and what they say of the next fix of their rule. Pure.

Each is a fact among the typed memories, so it is in the journal before anything is made of it, is recalled by the name
of its rule and file, goes with an export, and is forgotten as any other. It is recorded under the patch: proving the
same patch again adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.item import Item, Kind
from memory.teaching import NONE, Count, Lessons, Vote, tally
from memory.verdict import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.beta import Beta
    from memory.verdict import Verdict

SOURCE = "refuted fix"
"""What such an item says of where it is from; by this it is known."""
HELD = 0.95
"""The share of a rule's fixes that is expected to keep what a program does before any was refuted; a choice."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """The fix of one rule in one file that was refuted: by which rung, and when. ``patch`` is the key of the patch."""

    rule: str
    path: str
    patch: str
    rung: str
    at: str

    @property
    def key(self) -> str:
        """Under what it is remembered."""
        return f"refuted {self.rule} {self.path} {self.patch}"

    def item(self, who: str) -> Item:
        """The memory of it. No value that a program was run on stands in it."""
        value = f"A fix of {self.rule} in {self.path} was refuted: {self.rung} showed that it changes what is done."
        about = (self.rule, self.path)
        return Item(
            "", Kind.FACT, self.rule, "", value, self.rung, who, SOURCE, self.at, self.at, about=about,
            session=self.patch,
        )  # fmt: skip


def refuted_of(item: Item) -> Refuted | None:
    """What an item tells of a refuted fix; None where it is another memory, or a person forgot it or closed it."""
    if item.source != SOURCE or item.forgotten or not item.holds or len(item.about) != 2:
        return None
    return Refuted(item.about[0], item.about[1], item.session, item.because, item.valid_from)


class Standing:
    """What the refuted fixes of a repository, and those of the person's others, say of each rule's next fix.

    A refuted fix is a vote against its rule in its file; see ``memory.teaching`` for how votes count, ring by ring, and
    how many one file and one repository have at most. ``wakings`` are the ``WAKE`` answers: what was refuted before one
    counts no more at and below its path.
    """

    def __init__(
        self, here: Iterable[Refuted], elsewhere: Mapping[str, Count] | None = None, wakings: Sequence[Verdict] = ()
    ) -> None:
        self._lessons = Lessons(votes_of(here), wakings, elsewhere or {})
        self._elsewhere = elsewhere or {}

    def times(self, rule: str) -> int:
        """How many fixes of the rule were refuted here; other repositories count where there are none."""
        here = sum(map(len, self._lessons.cast(rule, "").values()))
        return here or self._elsewhere.get(rule, NONE).dismissed

    def expected(self, rule: str, path: str) -> Beta:
        """What is known of the share of the rule's fixes in a file that keep what the program does."""
        return self._lessons.at(rule, path, HELD)


def votes_of(some: Iterable[Refuted]) -> list[Vote]:
    """A vote against the rule for each patch that was refuted."""
    return [Vote(r.rule, r.path, None, r.patch, accepted=False, at=moment(r.at)) for r in some]


def told_elsewhere(by_target: Mapping[str, Iterable[Refuted]], target: str) -> dict[str, Count]:
    """What the person's other repositories tell of each rule's fixes."""
    found: dict[str, Count] = {}
    for other, some in sorted(by_target.items()):
        if other != target:
            for rule, one in tally(votes_of(some)).items():
                found[rule] = found.get(rule, NONE) + one
    return found
