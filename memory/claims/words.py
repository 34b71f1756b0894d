"""Words as claims are compared by them: roots, concepts, and how two of them stand to each other."""

from __future__ import annotations

from functools import lru_cache

from memory.claims.lists import AXES, BROAD, KINDS, SCOPES, SYNONYMS
from memory.claims.verbs import CHANGES, ENDS, IRREGULAR, LIGHT, MANY, VERBS


@lru_cache(maxsize=1 << 14)
def root(word: str) -> str:
    """A word without its endings, irregular forms of common words taken back: ``rotation`` and ``rotated`` are one."""
    word = IRREGULAR.get(word, word)
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return IRREGULAR.get(word, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = IRREGULAR.get(word[:-1], word[:-1])
    for endings in ((("ing", 3), ("ed", 3)), (("ment", 4), ("ion", 5), ("al", 5), ("ly", 4), ("er", 5), ("or", 5))):
        word = _without(word, endings)
    return word.removesuffix("e") if len(word) > 3 else word


def _without(word: str, endings: tuple[tuple[str, int], ...]) -> str:
    for ending, least in endings:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= least and any(c in "aeiouy" for c in stem):
            word = stem
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


_CONCEPTS = {root(word): root(line[0]) for line in reversed(SYNONYMS) for word in line}
_BROAD: dict[str, set[str]] = {}
for _line in BROAD:
    for _word in _line:
        _BROAD.setdefault(_CONCEPTS.get(root(_word), root(_word)), set()).add(_line[0])
_POLES: dict[str, list[tuple[int, int]]] = {}
for _axis, _poles in enumerate(AXES):
    for _pole, _words in enumerate(_poles):
        for _word in _words:
            for _form in {root(_word), _CONCEPTS.get(root(_word), root(_word))}:
                _POLES.setdefault(_form, []).append((_axis, _pole))
_SCOPES: dict[str, list[tuple[int, int]]] = {}
for _axis, _poles in enumerate(SCOPES):
    for _pole, _words in enumerate(_poles):
        for _word in _words:
            for _form in {root(_word), _CONCEPTS.get(root(_word), root(_word))}:
                _SCOPES.setdefault(_form, []).append((_axis, _pole))
_KINDS: dict[str, set[int]] = {}
for _axis, _words in enumerate(KINDS):
    for _word in _words:
        for _form in {_word, root(_word), _CONCEPTS.get(root(_word), root(_word))}:
            _KINDS.setdefault(_form, set()).add(_axis)
VERB_ROOTS = frozenset(root(verb) for verb in VERBS | CHANGES | ENDS | MANY)
MANY_CONCEPTS = frozenset(_CONCEPTS.get(root(verb), root(verb)) for verb in MANY)
CHANGE_ROOTS = frozenset(root(verb) for verb in CHANGES)
END_ROOTS = frozenset(root(verb) for verb in ENDS)
LIGHT_ROOTS = frozenset(_CONCEPTS.get(root(word), root(word)) for word in LIGHT)


@lru_cache(maxsize=1 << 14)
def concept(word: str) -> str:
    """What a word is compared by: the name of its concept, or its root where it belongs to none."""
    stem = root(word)
    return _CONCEPTS.get(stem, stem)


def akin(one: str, other: str) -> bool:
    """Whether two concepts are near to each other without being one."""
    return not _BROAD.get(one, _NONE).isdisjoint(_BROAD.get(other, _NONE))


_NONE: set[str] = set()


@lru_cache(maxsize=1 << 14)
def opposed(one: str, other: str) -> bool:
    """Whether two roots stand at different poles of one axis: *on* and *off*, *required* and *optional*."""
    return any(a == x and p != q for a, p in _POLES.get(one, ()) for x, q in _POLES.get(other, ()))


@lru_cache(maxsize=1 << 14)
def of_a_kind(one: str, other: str) -> bool:
    """Whether two words name different things of one kind: two databases, two colours, two cities."""
    return one != other and not _KINDS.get(one, _NO_KIND).isdisjoint(_KINDS.get(other, _NO_KIND))


_NO_KIND: set[int] = set()


@lru_cache(maxsize=1 << 14)
def beside(one: str, other: str) -> bool:
    """Whether two roots name things that stand beside each other: *production* and *staging*, *arrive* and *depart*."""
    return any(a == x and p != q for a, p in _SCOPES.get(one, ()) for x, q in _SCOPES.get(other, ()))


def has_scope(stem: str) -> bool:
    """Whether a root names one of several things that stand beside each other."""
    return stem in _SCOPES


def has_pole(stem: str) -> bool:
    """Whether a root names a state that excludes another."""
    return stem in _POLES


_KNOWN = frozenset(_CONCEPTS) | VERB_ROOTS | frozenset(_POLES) | frozenset(_BROAD)


@lru_cache(maxsize=1 << 14)
def known(word: str) -> bool:
    """Whether a word is one of the common ones that are listed here, and so hardly a name."""
    return root(word) in _KNOWN
