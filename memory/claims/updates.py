"""Which earlier memories a new sentence replaces, which it contradicts, and which it leaves alone. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from memory.claims.guards import has_several_values, narrower, other_things
from memory.claims.match import MATCHED, plain, promising
from memory.claims.parts import Claim, Cue, Mood
from memory.claims.reading import claims
from memory.claims.signs import Compared, compare
from memory.claims.weights import BIAS, WEIGHTS
from memory.claims.wording import listed, why_replaced
from memory.claims.words import concept, has_scope
from memory.item import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.claims.match import Rarity

CLOSES = 1.25
"""The score (log-odds) from which on the old one is closed: chosen for few closings that are wrong."""
CONFLICTS = -2.25
"""The score from which on both are shown and the conflict is named."""
BEHIND = 4.0
"""How far behind the best a second memory may lie and still be closed by the same sentence."""
_NAME = concept("name")
HALF = 0.5
"""How sure a contradiction is that would be a closing but for a doubt."""
READ = 2000
"""Characters of a sentence that are read."""
SLOT_SAME = 0.85
"""The share of both claims' words that must agree before they count as the same."""


class Relation(StrEnum):
    """What a new sentence is to an old one."""

    SAME = "same"
    CLOSES = "closes"
    CONFLICTS = "conflicts"
    OUTDATED = "outdated"
    """The new sentence tells of an earlier time: it is the older value of the two, though it was said later."""
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Said:
    """A memory as it was said. ``when`` is since when it is so, ISO 8601 in UTC, or empty where nobody knows."""

    text: str
    kind: str = "note"
    subject: str = ""
    predicate: str = ""
    about: str = ""
    when: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, why in words for a person, and how certain it is, 0 to 1."""

    kind: Relation
    why: str
    certainty: float


def judge(
    new: Said, candidates: Sequence[Said], rarity: Rarity = plain, aliases: Mapping[str, str] | None = None
) -> list[Judgement]:
    """The relation of a new sentence to each candidate, in their order.

    A sentence that surely replaces one memory is not taken to replace another that fits far worse: that becomes a
    conflict.
    """
    rare = cache(rarity)
    found = [_related(new, old, rare, aliases or {}) for old in candidates]
    best = max((score for judgement, score in found if judgement.kind is Relation.CLOSES), default=0.0)
    found = [(_guarded(judgement, new, old), score) for (judgement, score), old in zip(found, candidates, strict=True)]
    return [
        replace(judgement, kind=Relation.CONFLICTS, why=f"{judgement.why}; but another memory fits much better")
        if judgement.kind is Relation.CLOSES and score < best - BEHIND
        else judgement
        for judgement, score in found
    ]


def relation(new: Said, old: Said, rarity: Rarity = plain, aliases: Mapping[str, str] | None = None) -> Judgement:
    """What a new sentence is to an old one.

    ``rarity`` weighs stems of ``memory.search.words``; ``aliases`` (see there) gives the earlier names of what was
    renamed. A plan, a question, an opinion or a condition closes nothing, and nothing is closed across scopes.
    """
    return _related(new, old, rarity, aliases or {})[0]


def _guarded(judgement: Judgement, new: Said, old: Said) -> Judgement:
    """A closing that may go too far as a contradiction: of an exception, or of one of several values."""
    if judgement.kind is not Relation.CLOSES:
        return judgement
    place = narrower(new.text[:READ], old.text[:READ])
    if place:
        return replace(
            judgement, kind=Relation.CONFLICTS, why=f"{judgement.why}; but perhaps only in {place}", certainty=HALF
        )
    if has_several_values(old.text[:READ]) and not has_several_values(new.text[:READ]):
        return replace(judgement, kind=Relation.CONFLICTS, why=f"partly outdated: {judgement.why}", certainty=HALF)
    return judgement


def same(new: str, old: str) -> bool:
    """Whether two sentences claim the same with the same values, in the same or other words."""
    if same_words(new, old):
        return True
    ours, theirs = claims(new), claims(old)
    if _contrary(new) != _contrary(old):
        return False
    if any(not {w.key for w in a.content} & {w.key for w in b.content} for a, b in zip(ours, theirs, strict=False)):
        return False
    return bool(ours) and len(ours) == len(theirs) and all(_agree(a, b) for a, b in zip(ours, theirs, strict=True))


def aliases(texts: Iterable[str]) -> dict[str, str]:
    """The earlier name of each thing that one of the texts says was renamed: *Bluebird is now called Kestrel*.

    Names are the keys of ``Claim.words``; what bears a name given twice goes by the first one.
    """
    found: dict[str, str] = {}
    for text in texts:
        for claim in claims(text):
            if claim.cue is Cue.RENAME and claim.mood is Mood.FACT:
                olds = [
                    w.key for w in claim.words if w.role == "topic" or (w.key in claim.ended and w.role == "object")
                ]
                news = [w.key for w in claim.words if w.role == "value" and w.key not in claim.ended]
                if len(news) == 1 and olds and news[0] not in olds:
                    found[news[0]] = found.get(olds[-1], olds[-1])
    return found


_MOVING = frozenset({Cue.CHANGE, Cue.END, Cue.RENAME})


def _agree(one: Claim, other: Claim) -> bool:
    if one.mood is not other.mood or one.positive != other.positive or {one.cue, other.cue} & _MOVING:
        return False
    if sorted(a.value.amount for a in one.amounts) != sorted(a.value.amount for a in other.amounts):
        return False
    if (
        one.ended
        or one.added
        or 2 * len({w.key for w in one.content} & {w.key for w in other.content}) < len(one.content)
    ):
        return False
    told = compare(one, other)
    whole = min(told.signs["all_new"], told.signs["all_old"]) >= SLOT_SAME
    gaps = any(w.matched < MATCHED and w.word.role != "verb" for w in (*told.new, *told.old))
    return whole and not gaps and told.opposite is None


_CONTRARY = frozenset(
    ("old", "new", "former", "previous", "next", "no", "not", "never", "without", "first", "last", "only")
)


def _contrary(text: str) -> frozenset[str]:
    """The small words of a text that turn what it says."""
    return _CONTRARY & set(text.casefold().replace("n't", " not").replace(",", " ").replace(".", " ").split())


def _related(new: Said, old: Said, rarity: Rarity, names: Mapping[str, str]) -> tuple[Judgement, float]:
    apart = _apart(new, old)
    named = other_things(new.text[:READ], old.text[:READ])
    if named and not apart:
        apart = f"each speaks of another {named}"
    if apart:
        return Judgement(Relation.UNRELATED, apart, 1.0), -math.inf
    if same(new.text, old.text):
        return Judgement(Relation.SAME, "it says the same", 0.95), 0.0
    fresh, known = _renamed(claims(new.text), names), _renamed(claims(old.text), names)
    best: tuple[float, Claim, Claim, Compared] | None = None
    why = "it speaks of something else"
    for claim in fresh:
        if claim.mood is not Mood.FACT:
            told = _past(claim, known, rarity)
            if told is not None:
                return told, 0.0
            why = _MOODS[claim.mood]
            continue
        if claim.added and not claim.now:
            why = "it says that it comes beside what is known"
            continue
        for other in known:
            if not promising(claim, other, rarity):
                continue
            compared = compare(claim, other, rarity)
            score = _score(claim, other, compared)
            if best is None or score > best[0]:
                best = score, claim, other, compared
    if best is None or best[0] < CONFLICTS:
        return Judgement(Relation.UNRELATED, why, _sure(-(best[0] if best else -9.0))), best[0] if best else -math.inf
    return _decided(best, known, new, old), best[0]


_MOODS = {
    Mood.FACT: "",
    Mood.PLAN: "it tells of a plan or a wish, which replaces nothing yet",
    Mood.QUESTION: "it asks, and says nothing",
    Mood.PAST: "it tells of an earlier time",
    Mood.CONDITION: "it says what would be if something happened",
    Mood.OPINION: "it tells what somebody thinks, not how it is",
}


def _apart(new: Said, old: Said) -> str:
    """Why two memories have nothing to do with each other, whatever their words say; empty where they may have."""
    sides = ("scope", "about", "subject", "predicate")
    for name, one, other in ((side, getattr(new, side), getattr(old, side)) for side in sides):
        if one and other and not same_words(one, other):
            return f"it has another {'subject' if name == 'about' else name}"
    return ""


def _renamed(found: Sequence[Claim], names: Mapping[str, str]) -> list[Claim]:
    if not names:
        return list(found)
    return [
        replace(c, content=tuple(w._replace(key=names.get(w.key, w.key)) for w in c.content))
        if c.cue is not Cue.RENAME
        else c
        for c in found
    ]


def _past(claim: Claim, known: Sequence[Claim], rarity: Rarity) -> Judgement | None:
    """What a claim about an earlier time is to an old one: its end if it has the same value, else the older value."""
    if claim.mood is not Mood.PAST:
        return None
    for other in known:
        compared = compare(claim, other, rarity)
        if compared.signs["all_old"] >= SLOT_SAME and compared.changed is None and other.mood is Mood.FACT:
            return Judgement(Relation.CLOSES, f"it says that {listed(compared)} is past", 0.8)
        score = _score(other, claim, compare(other, claim, rarity))
        if score >= CLOSES - 1 or (compared.signs["topic_old"] > 0.8 and score >= CONFLICTS):
            return Judgement(Relation.OUTDATED, "it tells of an earlier time, so the other one holds", _sure(score))
    return None


def _score(new: Claim, old: Claim, compared: Compared) -> float:
    """The log-odds that the new claim takes the old one's place, bounded by what can be said for certain."""
    signs = compared.signs
    score = BIAS + math.fsum(weight * signs[name] for name, weight in WEIGHTS.items())
    named = old.verb == _NAME or any(word.key == _NAME for word in old.content)
    if new.cue is Cue.RENAME and not named and not signs["value_changed"]:
        return min(score, CONFLICTS - 1)
    told_apart = signs["front_differs"] and (signs["both_rest"] > 0.3 or signs["names_changed"] or len(new.amounts) > 1)
    if told_apart or (
        signs["value_other_sort"] > 0.7 and not (signs["ended_value"] or signs["opposite"] or signs["fresh"])
    ):
        return min(score, CONFLICTS - 0.5)
    someone_else = signs["names_differ"] and signs["cue_any"] and not (signs["new_rest"] or signs["old_rest"])
    if (signs["ended_value"] > 0.4 or someone_else) and not signs["beside"] and signs["shared"] > 0.3:
        score = max(score, CONFLICTS)
    two_differ = signs["value_changed"] >= 0.7 and signs["both_rest"] > 0.3 and not signs["cue_any"]
    change = signs["value_changed"] or signs["opposite"] or signs["ended"] or signs["flipped"]
    doubtful = (
        signs["beside"]
        or signs["many"]
        or two_differ
        or (signs["front_new_only"] and not signs["cue_any"])
        or signs["crossed"]
        or new.narrow
        or new.added
        or new.coming
        or signs["other_side"]
        or (signs["links_differ"] and not change)
        or (signs["value_old_only"] and not change and not signs["fresh"])
        or (not change and all(has_scope(w.word.key) for w in compared.old if w.matched >= MATCHED))
        or old.mood is not Mood.FACT
        or (signs["events"] and not signs["ended"])
    )
    return min(score, CLOSES - 0.1) if doubtful else score


def _decided(best: tuple[float, Claim, Claim, Compared], known: Sequence[Claim], new: Said, old: Said) -> Judgement:
    score, claim, other, compared = best
    why = why_replaced(claim, compared)
    told = claim.cue is not Cue.NONE or claim.now or bool(claim.ended)
    if new.when and old.when and new.when < old.when:
        if told or score < CLOSES:
            return Judgement(Relation.CONFLICTS, f"{why}; but it is dated before the other one", _sure(score))
        return Judgement(Relation.OUTDATED, f"{why}; and the other one is the newer", _sure(score))
    if score < CLOSES:
        return Judgement(Relation.CONFLICTS, why, _sure(score))
    if new.when and new.when == old.when and not told:
        return Judgement(Relation.CONFLICTS, f"{why}; both are of the same time", _sure(score))
    rest = [one for one in known if one is not other and _own(one, other)]
    if rest:
        return Judgement(Relation.CONFLICTS, f"partly outdated: {why}", _sure(score))
    return Judgement(Relation.CLOSES, why, _sure(score))


def _own(one: Claim, other: Claim) -> bool:
    """Whether a claim of the old sentence says something beside the one that is outdated."""
    keys = {word.key for word in other.words}
    return bool(one.amounts) or any(word.key not in keys and word.role != "topic" for word in one.words)


def _sure(score: float) -> float:
    return round(1 / (1 + math.exp(-max(min(score, 30.0), -30.0))), 3)
