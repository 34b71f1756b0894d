"""Where the verb of a clause stands, and which of its words count."""

# ruff: noqa: SIM905 -- words read better in a row than as literals

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.claims.parts import Word
from memory.claims.tokens import Token, is_verb
from memory.claims.verbs import AUXILIARIES, EMPTY, PREPOSITIONS
from memory.claims.words import root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNS = frozenset("xgone xended xnolonger xusedto responsible takeover happens xbackfrom xnamed xnownamed".split())
"""Words of ``claims_marks`` that stand where a verb does."""
LINKS = dict.fromkeys(("in", "on", "at", "to", "under", "into", "onto", "inside", "behind", "near"), "place") | (
    dict.fromkeys(("with", "by", "via", "through"), "means")
)
"""What a preposition says of the value behind it."""
_BEFORE_NOUNS = frozenset("a an the my our your his her their new no this these each every :".split())
_BEFORE_VERBS = frozenset("i we you they he she it who now just always not never also only".split())
_MANY_PEOPLE = frozenset("people children kids and staff team".split())
_NO_OWNERS = frozenset("it that there he she what who here".split())
_ARTICLES = frozenset("a the an his her their".split())


def words_of(part: Sequence[Token], role: str) -> Iterator[Word]:
    """The words of some tokens that count, each in the given role."""
    for token in part:
        low = token.low
        if len(token.text) == 1 and token.text.isupper() and token.text != "I":
            yield Word("#" + low, low, role, name=True)
        elif token.value is None and not (
            low in EMPTY or low in PREPOSITIONS or low in AUXILIARIES or low.startswith("x") or low in {":", "->"}
        ):
            yield Word(token.concept, low, role, token.capital)


def head_of(phrase: Sequence[Token]) -> str:
    """The key of the last word before the first preposition: what a noun phrase turns on."""
    head = ""
    for token in phrase:
        if head and (token.low in PREPOSITIONS or (token.low in AUXILIARIES and token.low != "'s")):
            break
        head = next((word.key for word in words_of((token,), "topic")), head)
    return head


def phrase_of(rest: Sequence[Token]) -> list[Token]:
    """The tokens up to the next preposition or sign, at least one."""
    found: list[Token] = []
    for token in rest:
        low = token.low
        if found and (
            low in PREPOSITIONS or low in AUXILIARIES or low.startswith("x") or low in {":", "->", "and", "as", "now"}
        ):
            break
        found.append(token)
    return found


def is_past(token: Token) -> bool:
    """Whether a verb tells of what happened: *moved*, *took*."""
    low = token.low
    return low.endswith("ed") or (root(low) != low.removesuffix("e") and not low.endswith(("s", "ing")))


def verb_at(part: Sequence[Token], *, keyed: bool) -> int | None:
    """Where the verbs of a clause begin; None where there is none. ``keyed``: it is what follows a ``key:``."""
    for at, token in enumerate(part):
        if token.low in AUXILIARIES or token.low in SIGNS:
            if not _only_looks_so(part, at):
                return at
        elif at and is_verb(token) and _verbal(part, at):
            return at
        elif at > 1 and part[at - 1].low in {"now", "only", "always"} and _inflected(token):
            return at
    imperative = bool(part) and is_verb(part[0]) and part[0].low != "meeting"
    if imperative and not (len(part) > 1 and is_verb(part[1]) and part[1].low in AUXILIARIES):
        return 0 if not keyed or len(part) > 2 else None
    return None if keyed else _likely(part)


def _only_looks_so(part: Sequence[Token], at: int) -> bool:
    """Whether ``'s`` marks an owner here, or *back from* belongs to the subject."""
    low = part[at].low
    if low == "xbackfrom":
        return any(is_verb(token) for token in part[at + 1 :])
    if low != "'s" or at == 0 or part[at - 1].low in _NO_OWNERS:
        return False
    return at + 1 >= len(part) or any(is_verb(token) for token in part[at + 2 :])


def _inflected(token: Token) -> bool:
    low = token.low
    return token.value is None and low.endswith(("s", "ed")) and low not in EMPTY and low not in PREPOSITIONS


def _likely(part: Sequence[Token]) -> int | None:
    """Where an unlisted word stands that looks like a verb: *commutes by*, *tops out at*."""
    for at, token in enumerate(part[1:-1], 1):
        before, following = part[at - 1], part[at + 1]
        noun = before.value is None and not (
            before.low in PREPOSITIONS or before.low in EMPTY or before.low.endswith("s")
        )
        opens = (
            following.value is not None
            or following.low in _ARTICLES
            or (following.low in PREPOSITIONS and following.low not in {"of", "for"})
        )
        if noun and opens and _inflected(token) and not token.low.endswith("ss"):
            return at
    return None


def _verbal(part: Sequence[Token], at: int) -> bool:
    """Whether a word that can be a verb is one here, by its neighbours and its ending."""
    before, low = part[at - 1].low, part[at].low
    if before == "xnow" or before in _BEFORE_VERBS:
        return True
    if low.endswith("ing") or before in _BEFORE_NOUNS or (before in PREPOSITIONS and before != "up"):
        return False
    following = part[at + 1] if at + 1 < len(part) else None
    if following and not low.endswith("ed") and is_verb(following) and _takes_over(low, following):
        return False
    base = root(low) == low.removesuffix("e") or low == part[at].stem
    if low.endswith("ed") or (not base and not low.endswith("s")):
        return True
    if base:
        return (before.endswith("s") and not before.endswith("ss")) or before in _MANY_PEOPLE
    return not (following and following.low in AUXILIARIES)


def _takes_over(low: str, following: Token) -> bool:
    """Whether the next word is the verb rather, and this one a noun: *docs build switched*, *support tickets go*."""
    late = low.endswith("s") and not following.low.endswith(("s", "ing"))
    return following.low in AUXILIARIES or is_past(following) or late
