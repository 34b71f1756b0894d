"""One clause read from left to right: what stands before its verb, the verb, and what follows."""

# ruff: noqa: SIM905 -- words read better in a row than as literals

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.claims.clause import LINKS, SIGNS, head_of, is_past, phrase_of, verb_at, words_of
from memory.claims.parts import SPEAKER, Amount, Cue, Word
from memory.claims.tokens import Token, is_verb
from memory.claims.verbs import AUXILIARIES, COPULAS, NEGATIONS, PREPOSITIONS, TOPICAL
from memory.claims.words import CHANGE_ROOTS, END_ROOTS, concept, root

if TYPE_CHECKING:
    from memory.claims.values import Value

_TOOL_VERBS = frozenset(
    map(
        concept,
        "use employ have prefer like love want need name choose become adopt pick run speak eat drink play read"
        " learn".split(),
    )
)
"""Verbs whose object is the value: *use Celery*, *prefer tabs*."""
_OWN = concept("own")
_ONLY_PAST = frozenset(map(root, "leave close expire cut end finish terminate turn bring pass set".split()))
"""Verbs that tell of a change only when it has happened: *closed* and *has left*, not *closes at six*."""
_REPLACING = frozenset({"replac", "supersed", "succe"})
_SWAPPING = frozenset({"swap", "trad", "exchang"})
_BETWEEN = frozenset(
    "already now just only always also still again finally currently xnow xboth usually mostly recently officially been"
    " both actually normally to never instead all".split()
)
"""What may stand among the verbs of a clause."""
_STATES = frozenset({"on", "off", "up", "down"})
_AFTER_STATES = frozenset({"now", "again", "xnow", "xanymore", "for", "everywhere", "by"})
_GOES_ON = frozenset({"start", "begin", "need", "want", "agre", "hav"})
"""Verbs after which the verb that counts is still to come."""


class Frame:
    """The parts of one clause. ``keyed``: it is what follows a ``key:``."""

    def __init__(self, part: tuple[Token, ...], *, keyed: bool) -> None:
        self.verb = ""
        self.positive = True
        self.cue = Cue.NONE
        self.ended: set[str] = set()
        self.ended_amounts: list[Value] = []
        self.fresh: set[str] = set()
        self.event = False
        self.head = ""
        self.links: set[str] = set()
        self.words: list[Word] = []
        self.amounts: list[Amount] = []
        self._part = part
        self._keyed = keyed
        self._read()

    def _read(self) -> None:
        at = verb_at(self._part, keyed=self._keyed)
        opens = len(self._part) >= 5 and self._part[0].low in PREPOSITIONS and self._part[1].value is not None
        begins = at if at is not None else 2 if opens else 0
        subject, rest = self._part[:begins], self._part[begins:]
        self._named = self._subject(subject)
        self._has_verb = at is not None
        after = rest[self._verb_group(rest) :] if self._has_verb else rest
        self._rest(after)
        self._turn_round(len(list(words_of(subject, "topic"))) if self._has_verb else 0)
        if not self.head and any(w.role == "topic" and w.key != "i" for w in self.words):
            self.head = head_of(after)

    def _subject(self, subject: tuple[Token, ...]) -> bool:
        """Read what stands before the verb; whether it names something."""
        self.head = head_of(subject)
        named = False
        for at, token in enumerate(subject):
            if token.value is not None:
                self.amounts.append(Amount(token.value, front=True))
                named = True
                continue
            if token.low == "new" and at + 1 < len(subject):
                self.fresh.update(w.key for w in words_of(subject[at + 1 :], "topic"))
            if token.low == "i":
                self.words.append(SPEAKER)
            if token.low == "xbackfrom":
                self.words.append(Word("return", "back", "topic", name=False))
            if token.low in {"no", "nobody", "none"}:
                self.positive = not self.positive
            for word in words_of((token,), "topic"):
                self.words.append(word)
                named = True
        return named

    def _verb_group(self, rest: tuple[Token, ...]) -> int:
        """Read the verbs; how many tokens they are."""
        at = 0
        while at < len(rest):
            token, low = rest[at], rest[at].low
            if low in SIGNS or low == "xanymore":
                at += 1
                self.verb = self._sign(low, rest[at:]) or self.verb
                if low not in {"xnolonger", "xusedto"}:
                    break
            elif low in NEGATIONS:
                self.positive = not self.positive
                if low == "no":
                    break
                self.verb = self.verb or ("is" if low in COPULAS else "")
                at += 1
            elif low in AUXILIARIES:
                had = low in {"has", "have", "had", "got", "gets", "get"}
                self.verb = "is" if low in COPULAS else self.verb or ("have" if had else "")
                at += 1
            elif low in _BETWEEN and at + 1 < len(rest) and (low != "to" or is_verb(rest[at + 1])):
                at += 1
            elif low not in _BETWEEN and self._is_main(token, at):
                self._main(token, at)
                at += 1
                if token.stem not in _GOES_ON:
                    break
            else:
                break
        return at

    def _is_main(self, token: Token, at: int) -> bool:
        participle = token.low.endswith(("ed", "ing", "en")) or (
            root(token.low) not in {token.low, token.low.removesuffix("e")} and not token.low.endswith("s")
        )
        return (is_verb(token) or at == 0) and (not self.verb or (self.verb in {"is", "have"} and participle))

    def _main(self, token: Token, at: int) -> None:
        self.verb = token.concept
        if token.low.endswith("ed") or root(token.low) != token.low.removesuffix("e"):
            self.event = at == 0 and token.low.endswith("ed")
        stem = token.stem
        if stem in _ONLY_PAST:
            self.cue = Cue.CHANGE if is_past(token) else self.cue
        elif stem in {"renam", "rebrand"}:
            self.cue = Cue.RENAME
        elif stem in END_ROOTS:
            self.cue = Cue.END
        elif stem in CHANGE_ROOTS:
            self.cue = Cue.CHANGE

    def _sign(self, low: str, rest: tuple[Token, ...]) -> str:
        """Take a sign in the place of a verb: what it ends, and the verb that it stands for."""
        if low == "xgone" or (low == "xended" and not list(words_of(rest, "ended"))):
            self.ended.update(word.key for word in self.words)
            self.ended_amounts.extend(a.value for a in self.amounts)
            self.cue, self.positive = Cue.END, False
        elif low == "xnolonger" or (low == "xended" and rest[0].low.endswith("ing")):
            self.cue, self.positive = Cue.END, False
            self._end(rest)
        elif low in {"xended", "xbackfrom"}:
            self.cue = Cue.END
            self._end(phrase_of(rest))
        elif low == "takeover":
            self.cue = Cue.CHANGE
        elif low == "xnownamed":
            self.cue = Cue.RENAME
        stands_for = {
            "takeover": "own",
            "responsible": "own",
            "xnamed": "name",
            "xnownamed": "name",
            "happens": "happen",
        }
        return concept(stands_for[low]) if low in stands_for else ""

    def _end(self, phrase: list[Token] | tuple[Token, ...]) -> None:
        self.ended.update(word.key for word in words_of(phrase, "ended"))
        self.ended_amounts.extend(token.value for token in phrase if token.value is not None)

    def _direct(self, rest: tuple[Token, ...]) -> str:
        """The role of what follows the verb at once."""
        if not self._has_verb and not self._keyed:
            return "topic"
        if self.verb == _OWN:
            return "topic"
        if self.verb == "is" or not self._has_verb or self.verb in _TOOL_VERBS:
            return "value"
        if self.verb == "cal" and any(token.low == "me" for token in rest):
            return "value"
        return "object" if self._named else "topic"

    def _rest(self, rest: tuple[Token, ...]) -> None:
        """Read what follows the verb."""
        role = self._direct(rest)
        if self.cue is Cue.END and rest and rest[0].low in {"to", "by", "from", "below", "under"}:
            self.cue = Cue.CHANGE
        if self.cue is Cue.END and self._has_verb and root(self.verb) in END_ROOTS and not self._keyed:
            self._end(phrase_of(rest))
            if not rest:
                self.ended.update(word.key for word in self.words)
        at = 0
        while at < len(rest):
            low, following = rest[at].low, rest[at + 1 :]
            taken = self._over(low, following, at)
            if taken:
                role = "value" if low == "xinsteadof" else role
                at += taken
                continue
            role = self._word(rest[at], following, role, first=at == 0)
            at += 1

    def _over(self, low: str, following: tuple[Token, ...], at: int) -> int:
        """How many tokens name only what is over: *instead of X*, *from X to*, *not X*; 0 where they do not."""
        phrase = phrase_of(following)
        if low == "from" and phrase and (self.cue or any(token.low in {"to", "->"} for token in following)):
            over = True
        elif low in {"not", "never"}:
            over = at > 0 or not self._has_verb or (low == "not" and any(token.low == "but" for token in following))
        else:
            over = low == "xinsteadof"
        if not over:
            return 0
        self._end(phrase)
        if low == "xinsteadof":
            self.cue = self.cue or Cue.CHANGE
        return 1 + len(phrase)

    def _word(self, token: Token, following: tuple[Token, ...], role: str, *, first: bool) -> str:
        """Read one token after the verb in its role; the role of the next."""
        low = token.low
        if token.value is not None:
            self.amounts.append(Amount(token.value, front=False))
        elif low in _STATES and self.verb == "is" and (not following or following[0].low in _AFTER_STATES):
            self.words.append(Word(low, low, "value", name=False))
        elif low in TOPICAL:
            return self._topical(low, following, role, first=first)
        elif low == "xinfavour":
            whole = not self._named or not self._has_verb
            self.ended.update(w.key for w in self.words if w.role == "object" or (whole and w.role == "topic"))
            return "value"
        elif low in {"xended", "xgone", "xbackfrom", "xnolonger"}:
            self._sign(low, following)
        elif low == "xanymore":
            self.cue = self.cue or Cue.END
        elif low in {"not", "never", "no", "without"}:
            self.positive = not self.positive
            if low == "no":
                self._end(phrase_of(following))
        elif low in PREPOSITIONS or low == "->":
            if following and following[0].value is None and low in LINKS:
                self.links.add(LINKS[low])
            return "value"
        elif low == "me":
            self.words.append(SPEAKER)
        elif low == "new" and following:
            self.fresh.update(w.key for w in words_of(phrase_of(following)[:2], role))
        elif low in {"responsible", "takeover"}:
            self.verb = _OWN
            self.cue = Cue.CHANGE if low == "takeover" else self.cue
            return "topic"
        else:
            self.words.extend(words_of((token,), role))
        return role

    def _topical(self, low: str, following: tuple[Token, ...], role: str, *, first: bool) -> str:
        """The role of what follows *for*, *of*, *about*."""
        if low == "of" and self.words and not first:
            return self.words[-1].role
        swapped = low == "for" and bool(self.cue) and root(self.verb) in _SWAPPING
        return "value" if swapped or (low == "about" and not following) else "topic"

    def _turn_round(self, names: int) -> None:
        """Turn round what an owner's or a replacing verb puts in the other order. ``names`` stand before the verb."""
        if self.cue is Cue.CHANGE and any(w.role == "topic" and w.key != "i" for w in self.words):
            self.words = [w for w in self.words if w.key != "i"]
        if self.verb == _OWN:
            self.words = [
                w._replace(role="value") if w.role == "topic" and w.name and n < names else w
                for n, w in enumerate(self.words)
            ]
        stem = root(self.verb)
        if stem in _REPLACING or self.verb in _REPLACING:
            self._replace_each_other()
        if stem in {*_SWAPPING, "ditch", "drop"}:
            near = {token.low for token in phrase_of(self._part[1:])}
            self.ended.update(w.key for w in self.words if w.role in {"topic", "object"} and w.text in near)
        if self.cue is Cue.RENAME:
            self.ended.update(w.key for w in self.words if w.role in {"topic", "object"})

    def _replace_each_other(self) -> None:
        """*X replaced Y*, *we replaced Y with X*, *Y was replaced by X*: Y is over in each."""
        lows = {token.low for token in self._part}
        names_new = not lows.isdisjoint({"by", "with"})
        passive = names_new and not lows.isdisjoint(COPULAS | {"got", "gets"})
        if passive:
            over = [w for w in self.words if w.role == "topic"]
        elif names_new:
            over = [w for w in self.words if w.role in {"topic", "object"}]
        else:
            over = [w for w in self.words if w.role == "object"]
            self.words = [w._replace(role="value") if w.role == "topic" else w for w in self.words]
        self.ended.update(w.key for w in over)
        self.cue = Cue.CHANGE
