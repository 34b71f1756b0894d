"""How well what was found answers: sentences by their words, turns and passages by all that is near. Pure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from memory import keeping
from memory.anchors import anchored
from memory.code_words import asked as asked_of_code
from memory.embedding import blended
from memory.item import PERHAPS, Kind, from_row
from memory.item_tables import number
from memory.matching import Matcher
from memory.packing import CHARACTERS, cost
from memory.query import FLOOR, Recalled
from memory.questions import as_said, is_question
from memory.relevance import Candidate, Statistics, question, rank, worth
from memory.search import K1, B
from memory.stems import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory.anchors import Anchor
    from memory.book import Row
    from memory.query import Query
    from memory.searching import Found, Words

TAIL, OF_BEST = 0.15, 0.4
"""The score that those behind the best sentence must reach, and the share of the best one's."""
SAME_MATTER = 0.4
"""The share of what an older one speaks of that a newer one must speak of too, to be on the same matter."""
MOST_PASSED = 12
"""Of so many hits, the best, a newer one may be put before."""
FAR_WORSE = 0.35
"""The share of an older one's score that a newer one of the same words must have to stand before it."""
CHANCE = 0.1
"""The chance to be what answers that a turn or a passage must have."""
MEANING, FAR = 0.5, 0.3
"""The most that a cosine adds to the score of a sentence, and from which one on."""
CLOSE = 0.45
"""The cosine from which on a sentence is called close in meaning, and may answer without a word of the question."""
BESIDE_MEANING = 0.1
"""What the best score by words counts beside a cosine where code is searched; chosen on the dev part of CoSQA."""
MOST_LIKED = 0.1
"""The most that use can add to a score, or take from it."""
READ_TOGETHER = frozenset({Kind.TURN, Kind.PASSAGE})
"""Kinds whose words are read with those of their neighbours."""


def sentences(
    query: Query,
    names: Sequence[Anchor],
    stems: Sequence[str],
    found: Sequence[Found],
    words: Words,
    uses: Mapping[str, Row],
    cosines: Mapping[int, float],
) -> list[Recalled]:
    """The sentences among what was found, best first; of equals the newest."""
    matcher = Matcher(stems, words.items, words.having)
    said = as_said(query.text)
    hits, best = [], 0.0
    for one in found:
        item = from_row(one.row)
        if item.kind in READ_TOGETHER or item.kind == Kind.CODE:
            continue
        match = matcher.match(one.stems)
        cosine = cosines.get(number(item.id), 0.0)
        score = match.score + meaning(cosine) + liking(uses.get(item.id))
        named = anchored(item, names, query.text)
        if named:
            hits.append(Recalled(item, one.target, "named", 1 + score, named, matched=match.weights))
        elif score >= TAIL:
            best = max(best, score if match.sure or cosine >= CLOSE else 0.0)
            why = _why(match.held, match.akin, said, cosine)
            hits.append(Recalled(item, one.target, "found", score, why, matched=match.weights))
    least = OF_BEST * best if best >= query.floor else float("inf")
    hits = [hit for hit in hits if hit.part == "named" or hit.score >= least]
    return newer_first(sorted(hits, key=lambda hit: -hit.score))


def newer_first(hits: Sequence[Recalled]) -> list[Recalled]:
    """The hits in their order, but of those that speak of the same the newer one first, if it is not far worse.

    Where nobody can tell whether one took the other's place, the later word is read first.
    """
    order: list[Recalled] = []
    for hit in hits:
        age = _age(hit)
        before = (
            at
            for at, other in enumerate(order[:MOST_PASSED])
            if other.part == hit.part and _age(other) < age and _is_news(hit, other)
        )
        order.insert(next(before, len(order)), hit)
    return order


def folded(hits: Sequence[Recalled]) -> list[Recalled]:
    """The hits without those that a later hit clearly contradicts: what was said before is told with the later one."""
    before: dict[str, list[Recalled]] = {}
    for hit in hits:
        for other in hits:
            why = hit.item.rivals.get(other.item.id, "")
            if why and not why.startswith(PERHAPS) and _age(other) < _age(hit):
                before.setdefault(hit.item.id, []).append(other)
    gone = {other.item.id for others in before.values() for other in others}
    return [
        replace(hit, why="; ".join([hit.why, *(_said_before(one) for one in before.get(hit.item.id, ()))]))
        for hit in hits
        if hit.item.id not in gone
    ]


def _said_before(hit: Recalled) -> str:
    return f'before, it was said: "{hit.item.value}" ({hit.item.valid_from[:10]}, {hit.item.id[:8]})'


def merged(hits: Sequence[Recalled]) -> list[Recalled]:
    """Hits of several views as one list by score; what stands before a better one of its own view keeps that place."""
    views: dict[bool, list[Recalled]] = {False: [], True: []}
    for hit in hits:
        views[hit.item.kind in READ_TOGETHER or hit.item.kind == Kind.CODE].append(hit)
    placed: list[tuple[float, Recalled]] = []
    for view in views.values():
        best = 0.0
        for hit in reversed(view):
            best = max(best, hit.score)
            placed.append((best, hit))
    placed.reverse()
    return [hit for _, hit in sorted(placed, key=lambda pair: -pair[0])]


def _is_news(hit: Recalled, other: Recalled) -> bool:
    if other.item.id in hit.item.rivals:
        return True
    shared = sum(min(weight, hit.matched.get(stem, 0.0)) for stem, weight in other.matched.items())
    same = shared > 0 and shared >= SAME_MATTER * sum(other.matched.values())
    return same and hit.score >= FAR_WORSE * other.score


def _age(hit: Recalled) -> tuple[str, str]:
    return hit.item.valid_from, hit.item.recorded_at


def beside(hits: Sequence[Recalled], found: Sequence[Found]) -> list[Recalled]:
    """The newer items that contradict a hit and share no word with the question: each is as good as what it denies."""
    there = {hit.item.id: hit for hit in hits}
    told = []
    for one in found:
        item = from_row(one.row)
        denied = next((there[name] for name in item.rivals if name in there), None)
        if denied is not None and item.id not in there:
            why = item.rivals[denied.item.id]
            name = denied.item.id[:8]
            why = f"it contradicts {name}: {why}" if why else f"it is a later word on the matter of {name}"
            told.append(replace(denied, item=item, target=one.target, why=why))
    return told


def together(
    query: Query, found: Sequence[Found], words: Words, cosines: Mapping[int, float], model: str
) -> list[Recalled]:
    """The turns and passages among what was found, the likeliest first."""
    members = {one.row[0]: (from_row(one.row), one) for one in found if one.row[1] in READ_TOGETHER}
    candidates = [
        Candidate(
            item.id, item.kind, one.stems, item.who, item.valid_from, item.session, item.position,
            asks="?" in item.value, tokens=cost(Recalled(item, one.target, "found", 0.0, "")) // CHARACTERS,
            cosine=cosines.get(number(item.id)),
        )
        for item, one in members.values()
    ]  # fmt: skip
    asked = question(query.text)
    ranked = rank(asked, candidates, Statistics(words.items, words.mean, words.having), model) if candidates else []
    return [
        Recalled(members[one.id][0], members[one.id][1].target, "found", one.score, one.why)
        for one in worth([one for one in ranked if not _asks(members[one.id][0])], query.most)
        if one.score >= min(CHANCE, query.floor)
    ]


def codes(query: Query, found: Sequence[Found], words: Words, cosines: Mapping[int, float]) -> list[Recalled]:
    """The pieces of code among what was found, best first, by their words and, where there are vectors, by meaning."""
    stems = tuple(CODE + stem for stem in asked_of_code(query.text))
    rarity = {stem: words.rarity(stem) for stem in stems if words.having.get(stem)}
    whole = math.fsum(words.rarity(stem) for stem in stems) or 1.0
    scores: dict[str, float] = {}
    covered: dict[str, float] = {}
    members = {one.row[0]: one for one in found if one.row[1] == Kind.CODE}
    for name, one in members.items():
        counts = Counter(stem for stem in one.stems if stem in rarity)
        norm = K1 * (1 - B + B * len(one.stems) / words.mean)
        scores[name] = math.fsum(rarity[s] * n * (K1 + 1) / (n + norm) for s, n in counts.items())
        covered[name] = math.fsum(rarity[s] for s in counts) / whole
    near = {name: cosines[number(name)] for name in members if number(name) in cosines}
    share = BESIDE_MEANING if near else 1.0
    ordered = blended(scores, near, share)
    return [
        Recalled(from_row(members[name].row), members[name].target, "found", score / (1 + share if near else 1), why)
        for name, score in sorted(ordered.items(), key=lambda pair: (-pair[1], pair[0]))[: query.most]
        if covered[name] >= min(query.floor, FLOOR) or near.get(name, 0.0) >= CLOSE or query.floor == 0
        for why in [f"its names and words hold {covered[name]:.0%} of the question"]
    ]


def _asks(item: Any) -> bool:
    return item.kind == Kind.TURN and item.source == "nova ask" and is_question(item.value)


def meaning(cosine: float) -> float:
    """What a cosine adds to the score of a sentence."""
    return MEANING * max(0.0, cosine - FAR) / (1 - FAR)


def liking(use: Sequence[Any] | None) -> float:
    """What is added to the score of an item for what became of it: used raises it, contradicted lowers it.

    Being shown and left aside says nothing: most readers do not tell what they used.
    """
    if use is None:
        return 0.0
    shown, used, against = use[keeping.SHOWN_AT], use[keeping.USED_AT], use[keeping.CONTRADICTED_AT]
    return MOST_LIKED * float(used / (shown + 2) - against / (against + 2))


def _why(held: Sequence[str], akin: Sequence[str], said: Mapping[str, str], cosine: float) -> str:
    parts = [f"speaks of {_listed(held, said)}"] if held else []
    if akin:
        parts.append(f"{'of' if held else 'speaks of'} something like {_listed(akin, said)}")
    if cosine >= CLOSE or not parts:
        parts.append(f"is close in meaning ({cosine:.2f})")
    return "it " + " and ".join(parts)


def _listed(found: Sequence[str], said: Mapping[str, str]) -> str:
    some = list(dict.fromkeys(said.get(stem, stem) for stem in found))[:4]
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)
