"""What a sentence claims: of what, which of its sides, which value, and how it speaks of the value before. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from memory.claims.clause import head_of, is_past, words_of
from memory.claims.frame import Frame
from memory.claims.mood import Signs, signs_of
from memory.claims.parts import Claim, Cue, Word
from memory.claims.tokens import Clause, Token, clauses, is_verb
from memory.claims.verbs import AUXILIARIES, EMPTY
from memory.claims.words import CHANGE_ROOTS, END_ROOTS, root

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOVING = CHANGE_ROOTS | END_ROOTS
_OVER = frozenset({"xnolonger", "xchangedmind", "xgone", "xended", "no"})
LONGEST = 2_000
"""Of a longer text only so many characters are read: a claim is a sentence or two."""


@lru_cache(maxsize=1 << 13)
def claims(text: str) -> tuple[Claim, ...]:
    """What a text claims, a claim for each clause that says something, in order.

    A clause without a subject goes on about the one before; what one clause says is over holds for all of them.
    """
    reading = _Reading()
    for clause in clauses(text[:LONGEST]):
        reading.take(clause)
    found = reading.found
    ended = frozenset(key for claim in found for key in claim.ended)
    amounts = tuple(value for claim in found for value in claim.ended_amounts)
    return tuple(replace(c, ended=ended, ended_amounts=amounts, content=_content(c)) for c in found)


@dataclass(slots=True)
class _Reading:
    """What was read of a text so far."""

    found: list[Claim] = field(default_factory=list)
    before: tuple[Word, ...] = ()
    head: str = ""
    sentence: int = -1
    heading: tuple[Word, ...] = ()
    heading_head: str = ""
    changed: bool = False
    signs: Signs = field(default_factory=Signs)

    def take(self, clause: Clause) -> None:
        """Read the next clause."""
        if clause.sentence != self.sentence:
            self.sentence, self.heading, self.signs = clause.sentence, (), Signs()
        if clause.aside:
            return
        key, rest = _heading(clause.tokens)
        self.signs = self.signs.joined(signs_of((*key, *rest), clause))
        if key:
            self.heading, self.heading_head = tuple(words_of(key, "topic")), head_of(key)
            self.changed = any(t.stem in CHANGE_ROOTS and is_past(t) for t in key)
        if not rest:
            return
        claim = _claim(rest, self.signs, keyed=bool(key))
        opening = key or (tuple(takewhile(lambda t: t.low != ":", clause.tokens)) if _has_colon(clause) else ())
        claim = self._about(claim, opening, keyed=bool(key))
        topic = tuple(w for w in claim.words if w.role == "topic")
        self.before, self.head = topic or self.before, claim.head or self.head
        if claim.words or claim.amounts or claim.ended:
            self.found.append(claim)

    def _about(self, claim: Claim, opening: tuple[Token, ...], *, keyed: bool) -> Claim:
        """The claim with the topic that its heading or the clause before gives it."""
        own = claim.words
        has_topic = any(w.role == "topic" for w in own)
        if self.heading and claim.verb and any(w.role == "topic" and w.key != "i" and not w.name for w in own):
            claim = replace(claim, words=(*own, *(w._replace(role="context") for w in self.heading)))
        elif self.heading:
            claim = replace(claim, words=(*self.heading, *own), head=(self.heading_head if keyed else "") or claim.head)
        if keyed and self.changed and claim.cue is Cue.NONE:
            claim = replace(claim, cue=Cue.CHANGE)
        if any(token.low in _OVER for token in opening):
            ended = {word.key for word in words_of(opening, "ended")}
            return replace(claim, ended=claim.ended | ended, cue=claim.cue or Cue.CHANGE)
        if not has_topic and self.before and not self.heading:
            return replace(claim, words=(*self.before, *own), head=self.head)
        return claim


def _has_colon(clause: Clause) -> bool:
    return any(token.low == ":" for token in clause.tokens)


def _heading(part: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """The key of ``key: value``, ``key = value`` and ``key -> value``, and what follows; no key without such a sign."""
    for at, token in enumerate(part):
        if token.low in {":", "->", "="} and 0 < at <= 8 and at < len(part) - 1:
            key, rest = part[:at], part[at + 1 :]
            if all(t.low.startswith("x") or t.low in EMPTY for t in key):
                return (), rest
            if key[0].value or (_says(key) and not any(t.stem in CHANGE_ROOTS and is_past(t) for t in key[1:])):
                return (), tuple(t for t in part if t is not token)
            return key, rest
        if token.low in {":", "->"} and at == len(part) - 1:
            return (), part[:-1]
    return (), part


def _says(key: Sequence[Token]) -> bool:
    """Whether what stands before a colon is a clause rather than a name."""
    return any(t.low in AUXILIARIES and t.low != "=" for t in key) or (is_verb(key[0]) and is_past(key[0]))


def _claim(part: tuple[Token, ...], signs: Signs, *, keyed: bool) -> Claim:
    frame = Frame(part, keyed=keyed)
    return Claim(
        tuple(frame.words),
        tuple(frame.amounts),
        frame.verb,
        frame.positive,
        frame.cue or (Cue.CORRECTION if signs.correction else Cue.NONE),
        signs.now,
        signs.mood,
        frozenset(frame.ended),
        tuple(frame.ended_amounts),
        signs.added,
        signs.narrow,
        frozenset(frame.fresh),
        frame.head,
        frame.event or any(token.low == "xonce" for token in part),
        frame.cue is not Cue.NONE and any(token.low in {"will", "'ll", "going", "shall"} for token in part),
        frozenset(frame.links),
    )


def _content(claim: Claim) -> tuple[Word, ...]:
    """The words of a claim by which it is compared; a verb alone is what the claim is about."""
    kept: dict[str, Word] = {}
    for word in claim.words:
        kept.setdefault(word.key, word)
    verb = claim.verb
    if verb and verb not in {"is", "have"} and root(verb) not in _MOVING and verb not in kept:
        named = any(word.role == "topic" and word.key != "i" for word in kept.values())
        kept[verb] = Word(verb, verb, "verb" if named else "topic", name=False)
    return tuple(kept.values())
