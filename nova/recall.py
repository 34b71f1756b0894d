"""Which memories answer some words, and how well; which texts say the same; what is only an echo. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from memory import Kind, bm25, same_words, words
from nova.anchors import anchored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory import Item
    from nova.anchors import Anchor

LEAST = 0.35
"""The score below which a memory is not shown: the share of the question that it holds, rare words counting more.

Chosen on the questions in ``tests/nova/recall_questions.py``.
"""
MOST_WORDS = 6
"""Of a longer message only as many words, the rarest, are asked of a memory: nothing would hold most of a long text."""
FEW = 50
"""Words are weighed as if there were so many memories at least: in a memory of one, no word would be rare."""
ANCHORED = 1.0
"""What a memory has more that names the very thing."""
NEAR = 0.8
"""The share of words from which on a text that adds nothing but words to another counts as a copy of it."""
_ASKING = frozenset(
    words(
        "remember recall know knew known decide decided decision decisions agree agreed said say says tell told note"
        " notes noted mention mentioned write written wrote talk talked think thought ever still already keep mind"
        " matter matters relevant context anything something everything thing things us please now reason want wanted"
        " need know again fact record save store memory memories forget also more so let lets before after if then"
        " give show bring back whats just into own up down out over off through than very much many here only each"
        " other same such too am get got"
    )
)
"""Stems of words that ask, tell or fill, and say nothing of what about."""
_COMMON = frozenset(
    words(
        "code file function class method module line test use used using make made change new old work project fix set"
    )
)
"""Stems of words that stand in so many notes about code that one of them tells little: they count half."""
_NEGATIONS = frozenset(
    ("not", "no", "never", "without", "none", "nor", "dont", "doesnt", "didnt", "cant", "cannot", "wont", "isnt",
     "arent", "shouldnt")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A memory that fits, how well, and why it is here, in words."""

    item: Item
    score: float
    why: str


def told(item: Item) -> str:
    """An item as a sentence for a reader: what it is about, where its own words do not say so, and why it is so."""
    if item.predicate and item.subject:
        text = f"{item.subject} {item.predicate}: {item.value}"
    elif item.subject and item.subject.casefold() not in item.value.casefold():
        text = f"{item.subject}: {item.value}"
    else:
        text = item.value
    return f"{text} (because {item.because})" if item.because else text


def can_be_found(item: Item) -> bool:
    """Whether an item is one that words may find: a project's own state is not, nor what was forgotten."""
    return not item.forgotten and item.kind != Kind.PROJECT


def hits(message: str, items: Sequence[Item], anchors: Iterable[Anchor] = (), *, past: bool = False) -> list[Hit]:
    """The items that a message needs, best first; of equals the newest. ``past`` takes in what no longer holds."""
    known = [item for item in items if can_be_found(item) and (past or item.holds)]
    texts = {item.id: f"{item.subject} {item.predicate} {item.value} {item.because}" for item in known}
    names = tuple(anchors)
    asked = _asked(message)
    scores, order = _scores(asked, texts), bm25(" ".join(asked), texts)
    found = []
    for item in known:
        score = scores.get(item.id, 0.0)
        named = anchored(item, names, message)
        if named:
            found.append(Hit(item, ANCHORED + score, named))
        elif score >= LEAST:
            held = set(words(texts[item.id]))
            shared = [raw for raw in dict.fromkeys(_raw(message)) if set(words(raw)) & set(asked) & held]
            found.append(Hit(item, score, f"it speaks of {_listed(shared)}"))
    found.sort(key=lambda h: (h.item.valid_from, h.item.recorded_at), reverse=True)
    return sorted(found, key=lambda h: (-round(h.score, 2), -round(order.get(h.item.id, 0.0), 1)))


def _asked(message: str) -> list[str]:
    """The stems that a message is about."""
    return [word for word in dict.fromkeys(words(message)) if word not in _ASKING]


def says_what(message: str) -> bool:
    """Whether a message holds any word that a memory can be found by."""
    return bool(_asked(message))


def _scores(asked: Sequence[str], texts: dict[str, str]) -> dict[str, float]:
    held = {key: set(words(text)) for key, text in texts.items()}
    count = max(len(held), FEW)

    def weight(word: str) -> float:
        having = sum(word in own for own in held.values())
        rare = math.log(1 + (count - having + 0.5) / (having + 0.5))
        return rare / 2 if word in _COMMON else rare

    weights = {word: weight(word) for word in asked}
    whole = sum(sorted(weights.values(), reverse=True)[:MOST_WORDS])
    if not whole:
        return {}
    return {key: min(1.0, sum(weights[w] for w in asked if w in own) / whole) for key, own in held.items()}


def near(one: str, other: str) -> bool:
    """Whether two texts say the same but for a few words that one of them adds; numbers and negations must agree."""
    left, right = set(_content(one)), set(_content(other))
    if not left or not right:
        return same_words(one, other)
    if not (left <= right or right <= left):
        return False
    added = left ^ right
    if any(word in _NEGATIONS or any(c.isdigit() for c in word) for word in added):
        return False
    return len(left & right) / len(left | right) >= NEAR


def is_echo(text: str, shown: Iterable[str]) -> bool:
    """Whether a text says only what was shown: the same words, a passage of it, or nothing left beside it.

    What recall put in front of somebody is no news when it comes back. A text that adds a word, a number or a *not*
    to what was shown is news.
    """
    said = _content(text)
    every = sorted((_content(one) for one in shown), key=len, reverse=True)
    if not said:
        return False
    echoed = False
    for run in every:
        if _at(said, run) is not None and not _NEGATIONS & (set(run) - set(said)):
            return True
        at = _at(run, said)
        if run and at is not None:
            said, echoed = said[:at] + said[at + len(run) :], True
    return echoed and all(word in _ASKING for word in said)


def _at(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Where a row of words stands within another."""
    places = range(len(whole) - len(part) + 1)
    return next((at for at in places if list(whole[at : at + len(part)]) == list(part)), None)


@lru_cache(maxsize=1 << 12)
def _content(text: str) -> tuple[str, ...]:
    """The stems of a text in order, filling words left out and negations kept."""
    return tuple(raw if raw in _NEGATIONS else words(raw)[0] for raw in _raw(text) if raw in _NEGATIONS or words(raw))


def _raw(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.replace("'", "").casefold()).split()


def _listed(found: Sequence[str]) -> str:
    some = list(found[:4])
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)
