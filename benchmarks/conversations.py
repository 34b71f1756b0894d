"""LoCoMo's conversations and questions, and an index of one in memory, in the place of the store."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from memory.relevance import Candidate, Statistics, question
from memory.search import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nova.orchestrator.classifier import Embedder

FITTED = 3
"""The first so many conversations are for fitting and choosing."""
CATEGORIES = {1: "several turns", 2: "time", 3: "open domain", 4: "one turn"}
ADVERSARIAL = 5
_TURN = re.compile(r"D:?(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one said at one point."""

    id: str
    who: str
    text: str
    """With the caption of the picture that was shared, in brackets."""
    when: str
    session: str
    position: int

    @property
    def shown(self) -> str:
        """As it is put before a reader."""
        return f"{self.who}: {self.text}" if self.who else self.text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its category, and the turns that answer it."""

    text: str
    category: int
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that two people said, session by session, and what is asked of it."""

    speakers: tuple[str, str]
    turns: tuple[Turn, ...]
    asked: tuple[Asked, ...]
    kind: str = "turn"

    def foreign(self, other: Conversation) -> tuple[Asked, ...]:
        """Another conversation's questions with this one's names: mostly nothing here answers them."""
        names = dict(zip(other.speakers, self.speakers, strict=True))
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        return tuple(
            Asked(pattern.sub(lambda found: names[found[0]], one.text), one.category, frozenset())
            for one in other.asked
            if one.category != ADVERSARIAL
        )


class Index:
    """What the store hands over for a question, made in memory from one conversation."""

    def __init__(self, conversation: Conversation, embedder: str, cosines: Callable[[str], list[float]] | None) -> None:
        self.conversation = conversation
        self.embedder = embedder
        self._cosines = cosines

    @cached_property
    def _stems(self) -> list[tuple[str, ...]]:
        return [tuple(words(turn.text)) for turn in self.conversation.turns]

    @cached_property
    def _holding(self) -> Counter[str]:
        return Counter(stem for stems in self._stems for stem in set(stems))

    def candidates(self, text: str) -> tuple[list[Candidate], Statistics]:
        """All turns, and the statistics: the one place that the store takes over."""
        cosines: list[float] | list[None]
        cosines = self._cosines(text) if self._cosines else [None] * len(self._stems)
        found = [
            Candidate(
                turn.id, self.conversation.kind, stems, turn.who, turn.when, turn.session, turn.position,
                asks="?" in turn.text, tokens=round(len(turn.shown) / 4), cosine=cosine,
            )
            for turn, stems, cosine in zip(self.conversation.turns, self._stems, cosines, strict=True)
        ]  # fmt: skip
        mean = sum(map(len, self._stems)) / len(self._stems)
        stems = question(text).stems
        return found, Statistics(len(found), mean, {stem: self._holding[stem] for stem in stems})


def indexed(conversation: Conversation, name: str, embedder: Embedder | None) -> Index:
    """An index, with the cosines of an embedder where there is one.

    Each turn is embedded together with the one before it in its session.
    """
    if embedder is None:
        return Index(conversation, "none", None)
    rows = embedder.embed(list(_with_the_one_before(conversation)))

    def cosines(text: str) -> list[float]:
        return [float(value) for value in rows @ embedder.embed([text])[0]]

    return Index(conversation, name, cosines)


def _with_the_one_before(conversation: Conversation) -> Iterator[str]:
    before: Turn | None = None
    for turn in conversation.turns:
        beside = before is not None and turn.session != "" and before.session == turn.session
        yield f"{before.shown}\n{turn.shown}" if before is not None and beside else turn.shown
        before = turn


def read(file: Path) -> list[Conversation]:
    """The data set from ``locomo10.json``."""
    return [_conversation(told) for told in json.loads(file.read_text("utf-8"))]


def facts(file: Path) -> list[Conversation]:
    """The data set's observations in the place of the turns: single sentences that stand alone.

    One answers a question that has a turn in evidence which it was made from; questions that none answers are dropped.
    """
    told = json.loads(file.read_text("utf-8"))
    return [_observed(one, conversation) for one, conversation in zip(told, map(_conversation, told), strict=True)]


def _observed(told: dict[str, Any], conversation: Conversation) -> Conversation:
    observed = [one for by_speaker in told["observation"].values() for said in by_speaker.values() for one in said]
    turns = tuple(Turn(f"{at:04}", "", text, "", "", 0) for at, (text, _) in enumerate(observed))
    sources = [_named(source if isinstance(source, list) else [source]) for _, source in observed]
    asked = tuple(
        Asked(one.text, one.category, evidence)
        for one in conversation.asked
        if (evidence := frozenset(t.id for t, named in zip(turns, sources, strict=True) if named & one.evidence))
    )
    return Conversation(conversation.speakers, turns, asked, "fact")


def _conversation(told: dict[str, Any]) -> Conversation:
    said = told["conversation"]
    turns: list[Turn] = []
    for number in sorted(int(found[1]) for key in said if (found := re.fullmatch(r"session_(\d+)", key))):
        at = datetime.strptime(said[f"session_{number}_date_time"], "%I:%M %p on %d %B, %Y").isoformat()  # noqa: DTZ007
        for position, one in enumerate(said[f"session_{number}"]):
            caption = one.get("blip_caption")
            text = f"{one['text']} [{caption}]" if caption else one["text"]
            turns.append(Turn(one["dia_id"], one["speaker"], text, at, f"{number:03}", position))
    ids = {turn.id for turn in turns}
    asked = tuple(
        Asked(one["question"], one["category"], evidence)
        for one in told["qa"]
        if (evidence := _evidence(one.get("evidence") or [], ids))
    )
    return Conversation((said["speaker_a"], said["speaker_b"]), tuple(turns), asked)


def _evidence(told: list[str], ids: set[str]) -> frozenset[str]:
    return frozenset(_named(told) & ids)


def _named(told: list[str]) -> set[str]:
    """The turns that some entries name; some name several, or are written ``D:11:26`` or ``D30:05``."""
    return {f"D{int(session)}:{int(turn)}" for one in told for session, turn in _TURN.findall(str(one))}
