"""How well the words of two claims match each other, and how much each word counts. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from memory.claims.words import CHANGE_ROOTS, LIGHT_ROOTS, akin, root
from memory.search import words as search_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from memory.claims.parts import Claim, Word

    Rarity = Callable[[str], float]
    """How rare a stem (of ``memory.search.words``) is among the memories: 0 if all hold it, about 1 if one does."""

WORTH = 0.2
"""The share of the shorter claim's words that must stand in the other one too, for a closer look."""
MATCHED = 0.4
"""From which match on a word counts as found in the other claim."""


def plain(_: str) -> float:
    """The rarity of words of which nothing is known."""
    return 0.7


class Weighed(NamedTuple):
    """A word of a claim, how much it counts, and how well the other claim's words match it, both 0 to 1."""

    word: Word
    weight: float
    matched: float


def weighed(claim: Claim, other: Claim, rarity: Rarity) -> tuple[Weighed, ...]:
    """The words of a claim as they match those of another."""
    own, others = claim.content, other.content
    keys = {word.key for word in others}
    named = [word for word in (*own, *others) if word.name and len(word.text) <= 5]
    found = []
    for word in own:
        weight = _weight(word, rarity)
        matched = 1.0 if word.key in keys else max([_near(word, one) for one in others], default=0.0)
        if (
            not matched
            and named
            and (_initials(word, others) or any(_initials(one, own) and word in _spelt(one, own) for one in named))
        ):
            matched = 0.9
        found.append(Weighed(word, weight, matched))
    return tuple(found)


def _weight(word: Word, rarity: Rarity) -> float:
    stems, factor = _counted(word.text, word.key, word.role)
    return max(map(rarity, stems), default=0.3) * factor


@lru_cache(maxsize=1 << 14)
def _counted(text: str, key: str, role: str) -> tuple[tuple[str, ...], float]:
    """The stems by which a word is rare or not, and by how much it counts less than a noun."""
    if key == "i":
        return (), 1.7
    factor = 0.33 if key in LIGHT_ROOTS else 0.4 if root(key) in CHANGE_ROOTS else 1.0
    return tuple(search_words(text)), factor * (0.4 if role == "verb" else 1.0)


def promising(new: Claim, old: Claim, rarity: Rarity) -> bool:
    """Whether two claims share enough to be worth a closer look: the same words, a typed value, or what is over."""
    keys = {word.key for word in old.content}
    if not new.ended.isdisjoint(keys) or any(
        a.value.amount == b.value.amount for a in new.amounts for b in old.amounts
    ):
        return True
    ours = {word.key: _weight(word, rarity) for word in new.content}
    theirs = {word.key: _weight(word, rarity) for word in old.content}
    shared = sum(weight for key, weight in ours.items() if key in keys)
    return shared >= WORTH * min(sum(ours.values()), sum(theirs.values())) > 0 or _acronym(new, old)


def _acronym(new: Claim, old: Claim) -> bool:
    return any(_initials(one, other.content) for claim, other in ((new, old), (old, new)) for one in claim.content)


@lru_cache(maxsize=1 << 15)
def _near(one: Word, other: Word) -> float:
    """How near two words are that are not one concept: 0 to 1."""
    if akin(one.key, other.key):
        return 0.5
    return _alike(one.text, other.text, named=one.name or other.name)


def _initials(word: Word, others: Sequence[Word]) -> bool:
    """Whether a word is made of the first letters of others that stand in a row: *MAU* of *monthly active users*."""
    return 2 <= len(word.text) <= 5 and word.name and bool(_spelt(word, others))


def _spelt(word: Word, others: Sequence[Word]) -> Sequence[Word]:
    size = len(word.text)
    firsts = "".join(other.text[0] for other in others)
    at = firsts.find(word.text)
    return others[at : at + size] if at >= 0 else ()


def _alike(one: str, other: str, *, named: bool) -> float:
    short, long = sorted((one.replace("-", ""), other.replace("-", "")), key=len)
    if short == long:
        return 1.0
    if len(short) >= 4 and long.startswith(short) and (len(long) - len(short) <= 4 or len(short) >= 5):
        return 0.8
    if any(c.isdigit() for c in one + other) or len(short) < (7 if named else 5) or abs(len(long) - len(short)) > 1:
        return 0.0
    return 0.8 if short[0] == long[0] and _one_slip(short, long) else 0.0


def _one_slip(short: str, long: str) -> bool:
    """Whether two words differ by one letter left out, changed, or swapped with its neighbour."""
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    rest = short[at + 1 :] == long[at + 1 :] and len(short) >= 7
    return rest or (short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :])
