"""In what two claims differ: values in each other's place, states that exclude each other, other subjects. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.claims.match import MATCHED
from memory.claims.parts import Claim, Cue
from memory.claims.values import Value, comparable
from memory.claims.words import (
    CHANGE_ROOTS,
    END_ROOTS,
    LIGHT_ROOTS,
    akin,
    beside,
    has_pole,
    has_scope,
    of_a_kind,
    opposed,
    root,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.claims.match import Weighed

_TOPICS = frozenset({"topic", "verb", "context"})


def missing(head: str, weighed: Sequence[Weighed], new: Claim) -> bool:
    """Whether the other claim lacks the word that a topic turns on."""
    return (
        any(w.word.key == head and w.matched < MATCHED and w.word.role == "topic" for w in weighed)
        and head not in new.ended
    )


def by_role(left: Iterable[Weighed]) -> tuple[float, float]:
    """The weight of the words left over that are the topic, and of the others."""
    topic = rest = 0.0
    for one in left:
        if one.word.role == "topic":
            topic += one.weight
        elif one.word.role != "context":
            rest += one.weight
    return topic, rest


def topic_covered(weighed: Sequence[Weighed], ended: frozenset[str]) -> float:
    """The share of a claim's topic that the other one matches; half where it has none."""
    topic = [w for w in weighed if w.word.role == "topic"]
    whole = sum(w.weight for w in topic)
    if not whole:
        return 0.5
    return sum(w.weight * (1.0 if w.word.key in ended and w.matched else w.matched) for w in topic) / whole


def all_covered(weighed: Sequence[Weighed], ended: frozenset[str]) -> float:
    """The share of a claim's words that the other one matches."""
    weighed = [w for w in weighed if w.word.role != "context"]
    whole = sum(w.weight for w in weighed)
    return sum(w.weight * (1.0 if w.word.key in ended else w.matched) for w in weighed) / whole if whole else 0.0


def same_kind(
    left_new: Sequence[Weighed], left_old: Sequence[Weighed], ended: frozenset[str], known: Sequence[Weighed]
) -> bool:
    """Whether a value of the new claim is of one kind with one of the old claim that it lacks."""
    theirs = [w.word for w in left_old if w.word.role in {"value", "object", "verb"}] + [
        w.word for w in known if w.word.key in ended
    ]
    ours = [w.word for w in left_new if w.word.role != "context"]
    return any(of_a_kind(a.text, b.text) or of_a_kind(a.key, b.key) for a in ours for b in theirs)


def crossed(fresh: Sequence[Weighed], known: Sequence[Weighed], new: Claim, old: Claim) -> bool:
    """Whether what one claim speaks of is what the other one says: *Carla reports to Ines*, *Ines reports to Milan*."""
    if new.cue is not Cue.NONE or new.verb == "own":
        return False
    same_verb = new.verb == old.verb not in {"", "is", "have"}
    topics = {w.word.key for w in fresh if w.word.role == "topic" and (w.word.name or same_verb)}
    said = {w.word.key for w in fresh if w.word.role in {"value", "object"} and (w.word.name or same_verb)}
    return any((w.word.key in topics) if w.word.role in {"value", "object"} else (w.word.key in said) for w in known)


def stand_beside(left_new: Sequence[Weighed], left_old: Sequence[Weighed], *, values: bool) -> bool:
    """Whether two words left over name things that stand beside each other, one of them as what is spoken of."""
    ours = [w.word for w in left_new if has_scope(root(w.word.text)) or has_scope(w.word.key)]
    theirs = [w.word for w in left_old if has_scope(root(w.word.text)) or has_scope(w.word.key)]
    return any(
        (beside(a.key, b.key) or beside(root(a.text), root(b.text)))
        and (values or a.role in _TOPICS or b.role in _TOPICS)
        for a in ours
        for b in theirs
    )


_TOPICS = frozenset({"topic", "verb", "context"})


def opposite_states(left_new: Sequence[Weighed], left_old: Sequence[Weighed]) -> tuple[str, str] | None:
    """Two words left over for states that exclude each other, new and old."""
    ours = [w.word for w in left_new if has_pole(root(w.word.text)) or has_pole(w.word.key)]
    theirs = [w.word for w in left_old if has_pole(root(w.word.text)) or has_pole(w.word.key)]
    for one in ours:
        for other in theirs:
            if opposed(root(one.text), root(other.text)) or opposed(one.key, other.key):
                return one.text, other.text
    return None


def verbs_agree(new: Claim, old: Claim) -> float:
    """1 where both claims have the same verb, -1 where each has one that the other lacks, else 0."""
    if not new.verb or not old.verb:
        return 0.0
    if new.verb == old.verb:
        return 0.5 if new.verb == "have" else 1.0
    if akin(new.verb, old.verb) or ({new.verb, old.verb} == {"mov", "plac"}):
        return 0.5
    plain_verbs = {"is", "have", ""}
    if new.verb in plain_verbs or old.verb in plain_verbs or root(new.verb) in CHANGE_ROOTS | END_ROOTS:
        return 0.0
    if new.verb in {w.key for w in old.words} or old.verb in {w.key for w in new.words}:
        return 0.3
    return -1.0 if new.verb not in LIGHT_ROOTS and old.verb not in LIGHT_ROOTS else -0.5


def any_name(left: Iterable[Weighed], role: str = "") -> bool:
    """Whether a name is left over, in a role or in any."""
    return any(w.word.name and (not role or w.word.role == role) for w in left)


def changed_value(new: Claim, old: Claim) -> tuple[tuple[Value, Value] | None, float]:
    """The pair of typed values in which the new one takes the old one's place, and how comparable they are."""
    best: tuple[Value, Value] | None = None
    level = 0.0
    told = {a.value.amount for a in new.amounts}
    before = {a.value.amount for a in old.amounts}
    for one in new.amounts:
        if one.value.amount in before or one.value in new.ended_amounts:
            continue
        for other in old.amounts:
            if other.value.amount in told and other.value not in new.ended_amounts:
                continue
            fits = comparable(one.value, other.value) * (1.0 if one.front == other.front else 0.9)
            if fits > level:
                best, level = (one.value, other.value), fits
    return best, level


def same_amount(new: Claim, old: Claim) -> bool:
    """Whether a typed value of the old claim stands in the new one too, in the same place."""
    told = {(a.value.amount, a.front) for a in new.amounts if a.value not in new.ended_amounts}
    return any((a.value.amount, a.front) in told for a in old.amounts)


def told_apart_in_front(new: Claim, old: Claim) -> bool:
    """Whether a value tells two subjects apart: *Sprint 14* and *Sprint 15*, *In March* and *In April*."""
    one, other = [a.value for a in new.amounts if a.front], [a.value for a in old.amounts if a.front]
    if not one or not other:
        return False
    return all(comparable(a, b) > 0.5 and a.amount != b.amount for a in one for b in other)
