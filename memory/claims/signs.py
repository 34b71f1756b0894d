"""What speaks for and against one claim taking the place of another, as numbers. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.claims.contrasts import (
    all_covered,
    any_name,
    by_role,
    changed_value,
    crossed,
    missing,
    opposite_states,
    same_amount,
    same_kind,
    stand_beside,
    told_apart_in_front,
    topic_covered,
    verbs_agree,
)
from memory.claims.match import MATCHED, Weighed, plain, weighed
from memory.claims.parts import Claim, Cue
from memory.claims.words import MANY_CONCEPTS, concept

if TYPE_CHECKING:
    from memory.claims.match import Rarity
    from memory.claims.values import Value

    Signs = dict[str, float]

WHEN = frozenset({"day", "date", "time", "interval"})
MOVES = frozenset(map(concept, ("move", "migrate", "switch", "relocate", "transfer", "shift", "change")))
"""Verbs that take a thing from one place or means to another."""
_SAID = frozenset({"value", "object"})


@dataclass(frozen=True, slots=True)
class Compared:
    """Two claims laid side by side. ``signs`` are named as in ``claims_weights``."""

    new: tuple[Weighed, ...]
    old: tuple[Weighed, ...]
    signs: Signs
    changed: tuple[Value, Value] | None
    """The typed values that stand in each other's place, new and old."""
    opposite: tuple[str, str] | None
    """Two words for states that exclude each other, new and old."""
    ended: tuple[str, ...]
    """Words of the old claim that the new one says are over."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is counted: both claims, how their words match, and what each has that the other lacks."""

    new: Claim
    old: Claim
    fresh: tuple[Weighed, ...]
    known: tuple[Weighed, ...]
    left_new: list[Weighed]
    left_old: list[Weighed]
    changed: tuple[Value, Value] | None
    level: float
    """How comparable the changed values are, 0 without any."""
    opposite: tuple[str, str] | None
    apart: bool
    """Whether words that exclude each other tell two subjects apart, a value having changed beside them."""


def compare(new: Claim, old: Claim, rarity: Rarity = plain) -> Compared:
    """Lay two claims side by side and count what speaks for and against the new one taking the old one's place."""
    fresh, known = weighed(new, old, rarity), weighed(old, new, rarity)
    left_new, left_old = (
        [w for w in side if w.matched < MATCHED and w.word.key not in new.ended] for side in (fresh, known)
    )
    changed, level = changed_value(new, old)
    opposite = opposite_states(left_new, left_old)
    apart = False
    if opposite is not None and level >= 0.5:
        both = [w.word.role for w in (*left_new, *left_old) if w.word.text in opposite]
        apart = not (_is_when(changed) and all(role == "value" for role in both))
        opposite = None
    elif opposite is not None:
        left_new, left_old = ([w for w in left if w.word.text not in opposite] for left in (left_new, left_old))
    sides = _Sides(new, old, fresh, known, left_new, left_old, changed, level, opposite, apart)
    signs = _word_signs(sides)
    signs |= _value_signs(sides)
    signs |= _cue_signs(sides)
    signs |= _contrast_signs(sides, signs)
    signs |= _joint_signs(sides, signs)
    ended = tuple(w.word.text for w in known if w.word.key in new.ended)
    return Compared(fresh, known, signs, changed, opposite, ended)


def _is_when(changed: tuple[Value, Value] | None) -> bool:
    return changed is not None and changed[1].sort in WHEN


def _word_signs(sides: _Sides) -> Signs:
    """How much of each claim stands in the other."""
    ended = sides.new.ended
    new_topic, new_rest = by_role(sides.left_new)
    old_topic, old_rest = by_role(sides.left_old)
    return {
        "shared": 1 - math.exp(-sum(w.weight * w.matched for w in sides.known)),
        "topic_old": topic_covered(sides.known, ended),
        "topic_new": topic_covered(sides.fresh, ended),
        "all_old": all_covered(sides.known, ended),
        "all_new": all_covered(sides.fresh, ended),
        "both_topics": min(new_topic, old_topic, 1.5),
        "new_topic": min(new_topic, 1.5),
        "old_topic": min(old_topic, 1.5),
        "new_rest": min(new_rest, 1.5),
        "old_rest": min(old_rest, 1.5),
        "both_rest": min(new_rest, old_rest, 1.0),
        "both_left": min(new_topic + new_rest, old_topic + old_rest, 1.5),
        "head_new": float(bool(sides.new.head) and missing(sides.new.head, sides.fresh, sides.new)),
        "head_old": float(bool(sides.old.head) and missing(sides.old.head, sides.known, sides.new)),
        "nothing_new": float(not sides.left_new),
        "verb": verbs_agree(sides.new, sides.old),
    }


def _value_signs(sides: _Sides) -> Signs:
    """How the typed values of both claims stand to each other."""
    new, old = sides.new, sides.old
    same = same_amount(new, old)
    both = any(not a.front for a in new.amounts) and any(not a.front for a in old.amounts)
    front = any(a.front for a in new.amounts) and not any(a.front for a in old.amounts)
    return {
        "value_changed": sides.level,
        "value_same": float(same),
        "value_other_sort": (1 - sides.level) * float(both and not same),
        "value_new_only": float(bool(new.amounts) and not old.amounts),
        "value_old_only": float(bool(old.amounts) and not new.amounts),
        "front_differs": float(told_apart_in_front(new, old)),
        "front_new_only": float(front and sides.level > 0),
    }


def _cue_signs(sides: _Sides) -> Signs:
    """What the new claim says of an earlier one by its own words."""
    new, old = sides.new, sides.old
    amounts = [v for v in new.ended_amounts if any(v.amount == a.value.amount for a in old.amounts)]
    over = [w for w in sides.known if w.word.key in new.ended]
    said = sum(w.weight for w in over if w.word.role in _SAID)
    keys = {w.word.key for w in sides.known}
    found, whole = len(new.ended & keys) + len(amounts), len(new.ended) + len(new.ended_amounts)
    end_whole = float(new.cue is Cue.END and 0 < whole == found)
    # A verb that the old claim has too tells of no change: *is deleted after 30 days*.
    its_own = new.cue in {Cue.CHANGE, Cue.END} and new.positive and not new.now and new.verb == old.verb != ""
    return {
        "cue_change": float(new.cue in {Cue.CHANGE, Cue.RENAME} and not its_own),
        "cue_end": float(new.cue is Cue.END and not its_own),
        "cue_correction": float(new.cue is Cue.CORRECTION),
        "cue_now": float(new.now),
        "cue_any": float((new.cue is not Cue.NONE and not its_own) or new.now or bool(over) or bool(amounts)),
        "ended": min(sum(w.weight for w in over), 1.0),
        "ended_value": max(min(said, 1.0), float(bool(amounts))),
        "ended_elsewhere": 1 - len(new.ended & keys) / len(new.ended) if new.ended else 0.0,
        "end_whole": end_whole,
        "end_all": end_whole * all_covered(sides.known, new.ended),
        "end_topic": end_whole * float(any(w.word.role == "topic" for w in over)),
        "narrow": float(new.narrow),
        "fresh": float(any(w.matched >= MATCHED and w.word.key in new.fresh for w in sides.fresh)),
        "events": float(new.event and old.event and not new.now),
    }


def _contrast_signs(sides: _Sides, signs: Signs) -> Signs:
    """Which words of the two exclude each other, and whether as values or as subjects."""
    new, old, left_new, left_old = sides.new, sides.old, sides.left_new, sides.left_old
    flipped = new.positive != old.positive and not (sides.opposite and not new.now)
    differ = any_name(left_new, "topic") and any_name(left_old, "topic")
    values = sides.level >= 0.5 and not _is_when(sides.changed)
    many = new.verb in MANY_CONCEPTS or old.verb in MANY_CONCEPTS
    return {
        "of_a_kind": float(same_kind(left_new, left_old, new.ended, sides.known)),
        "beside": float(sides.apart or stand_beside(left_new, left_old, values=values)),
        "crossed": float(crossed(sides.fresh, sides.known, new, old)),
        "many": (1 - signs["cue_any"]) * float(many),
        "opposite": float(sides.opposite is not None),
        "flipped": float(flipped) * signs["all_old"],
        "flipped_whole": float(flipped and signs["all_old"] > 0.65),
        "names_differ": float(differ),
        "names_changed": float(any_name(left_new) and any_name(left_old) and not differ),
    }


def _joint_signs(sides: _Sides, signs: Signs) -> Signs:
    """What counts only together: a change of value where the topics agree, a cue where much is shared."""
    level, shared, any_cue = sides.level, signs["shared"], signs["cue_any"]
    topics = signs["topic_old"] * signs["topic_new"]
    apart = signs["many"] or signs["front_differs"] or signs["beside"]
    left = max(signs["new_topic"], signs["old_topic"])
    bare = max(left, signs["new_rest"] * 0.8, signs["old_rest"] * 0.8) < 0.35 and shared > 0.35
    exact = left < 0.2 and signs["both_rest"] > 0 and shared > 0.45 and sides.new.verb == sides.old.verb
    plain_name = float(exact and not apart)
    kinds = ("opposite", "flipped_whole", "ended_value", "of_a_kind", "fresh")
    change = max(level, *(signs[name] for name in kinds))
    actors = {w.word.key for w in sides.fresh if w.word.role == "topic" and w.word.name}
    values = [w for w in sides.known if w.matched >= MATCHED and w.word.role == "value"]
    value_words = any(w.word.key not in actors for w in values)
    links = bool(sides.new.links) and bool(sides.old.links)
    tied = float(links and sides.new.links.isdisjoint(sides.old.links))
    moved = sides.new.verb in MOVES and "place" in sides.new.links and bool(sides.old.links)
    slot = change >= 0.5 or signs["flipped"] or signs["ended"] or value_words or moved
    slot = slot or (signs["verb"] >= 0.5 and not tied and (links or sides.new.verb not in {"is", "have"}))
    slot = slot or (plain_name and not tied)
    return {
        "other_side": float(not slot),
        "other_side_cue": float(not slot) * any_cue,
        "links_differ": tied * (1 - change),
        "changed_topic": level * topics,
        "changed_any": level * any_cue,
        "cue_topic": any_cue * topics,
        "cue_all": any_cue * signs["all_old"] * shared,
        "rest_topic": signs["both_rest"] * topics,
        "rest_verb": signs["both_rest"] * max(signs["verb"], 0.0) * topics,
        "plain_value": float(bare and level >= 0.7 and not apart),
        "plain_name": plain_name,
        "plain_name_now": plain_name * any_cue,
        "slot_change": change * topics * shared,
        "change": change,
        "kind_topic": signs["of_a_kind"] * topics,
        "opposite_topic": signs["opposite"] * topics,
        "ended_topic": signs["ended_value"] * signs["topic_old"],
    }
