"""A sentence as tokens: fixed phrases made one word, contractions taken apart, typed values found, cut into clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from memory.claims.marks import marked
from memory.claims.values import Value, values
from memory.claims.verbs import AUXILIARIES, EMPTY, PREPOSITIONS
from memory.claims.words import VERB_ROOTS, concept, known, root

if TYPE_CHECKING:
    from collections.abc import Iterator


class Token(NamedTuple):
    """One word, value or sign of a sentence."""

    text: str
    low: str
    value: Value | None
    capital: bool
    """Whether it looks like a name: it holds a capital letter, and is no common word at the beginning of a sentence."""

    @property
    def stem(self) -> str:
        """The root of the word."""
        return root(self.low)

    @property
    def concept(self) -> str:
        """What the word is compared by."""
        return concept(self.low)


_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St|No|vs|approx|incl|ca|max|min)\.(?=\s)", re.IGNORECASE)
_CONTRACTED = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "cant": "can't", "wont": "won't", "im": "i 'm", "ive": "i 've", "weve": "we 've", "hasnt": "hasn't",
    "couldnt": "couldn't", "shouldnt": "shouldn't", "havent": "haven't", "whats": "what 's", "thats": "that 's",
}  # fmt: skip
_SPLIT = re.compile(
    r"(?P<stay>\w+n't)"
    r"|(?P<word>[^\W_][\w]*(?:[-_./&+#@]\w+)*[+#]*)(?P<tail>'(?:s|re|ve|m|ll|d)\b|'(?=\s))?"
    r"|(?P<arrow>-+>|=>|\u2192|\u21d2|\u27f6)"
    r"|(?P<sign>[.!?;](?=\s|$|[\"')])|[:=,()\n]|(?:\u2014|\u2013|--|\s-\s)|\.\.\.|\u2026)"
    r"|(?P<dot>\.[\w.-]+)"
)
"""Words with what is tied to them, arrows, signs and dashes, and names that begin with a dot."""
_QUOTES = str.maketrans({"\u2019": "'", "`": " ", '"': " ", "\u201c": " ", "\u201d": " "})


def tokens(text: str) -> list[Token]:
    """The tokens of a text. Signs come as themselves, arrows as ``->``, dashes and line ends as ``;``."""
    text = text.replace("**", " ").translate(_QUOTES)
    text = marked(_TITLE.sub(r"\1", text))
    found: list[Token] = []
    at = 0
    for value, meant in [*_meant(values(text), text), (None, False)]:
        end = value.start if value else len(text)
        for match in _SPLIT.finditer(text, at, end):
            found.extend(_split(match, first=not found or found[-1].low in {".", ";", ":"}))
        if value:
            at = value.end
        if value and meant:
            found.append(Token(value.text, "#", value, capital=False))
        elif value and text.startswith("'s", value.end) and value.sort == "date":
            found.append(Token(value.text, "xonce", None, capital=False))
        elif value and value.text.casefold().startswith("last ") and value.text.casefold().endswith(_LONG_AGO):
            found.append(Token(value.text, "xlast", None, capital=False))
    return found


def _split(match: re.Match[str], *, first: bool) -> Iterator[Token]:
    if match["arrow"]:
        yield Token("->", "->", None, capital=False)
    elif match["sign"]:
        sign = match["sign"].strip()
        low = sign if sign in {":", "=", ",", "(", ")", "?"} else "." if sign in {".", "!", "...", "…"} else ";"
        yield Token(sign, low, None, capital=False)
    else:
        word = match["stay"] or match["word"] or match["dot"]
        low = word.casefold()
        common = low in EMPTY or low in PREPOSITIONS or low in AUXILIARIES or known(low) or _ends_as_noun(low)
        capital = (word[0].isupper() and not (first and common) and low != "i") or any(c.isupper() for c in word[1:])
        pieces = (
            low.split("-")
            if "-" in low and all(len(p) >= 3 and p.isalpha() and p not in PREPOSITIONS for p in low.split("-"))
            else None
        )
        for part in pieces or _CONTRACTED.get(low, low).split():
            yield Token(word, part, None, capital=capital)
        if match["word"] and match["tail"] and len(match["tail"]) > 1:
            yield Token(match["tail"], match["tail"], None, capital=False)


_ATTRIBUTIVE = re.compile(
    r"\s+(?!now\b|since|on\b|at\b|in\b|from\b|and\b|xnow|instead|again|by\b|to\b|for\b|but\b|until|with|or\b"
    r"|because|of\b)[a-z]",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|as of|starting|effective|over the|beginning|from)\s+$", re.IGNORECASE)


def _meant(found: list[Value], text: str) -> Iterator[tuple[Value, bool]]:
    """The values with whether they are said of something: not rates (*200 a month*), nor the time of the change itself.

    An interval before a noun (*nightly build*) is no value at all.
    """
    for value in found:
        low, before = value.text.casefold(), text[: value.start]
        if value.sort == "interval" and " " not in low and _ATTRIBUTIVE.match(text, value.end):
            continue
        rate = (
            value.sort == "duration"
            and low.startswith(("a ", "an "))
            and _AFTER_VALUE.search(before)
            and not _FOR.search(before)
        )
        when = value.sort == "date" and (low.startswith(("this", "last", "today", "yesterday")) or low == "tonight")
        since = value.sort in {"day", "date", "version", "number"} and _SINCE.search(before) and not _span(text, value)
        yield value, not (rate or when or since)


_LONG_AGO = ("year", "spring", "summer", "autumn", "fall", "winter", "quarter")
_AFTER_VALUE = re.compile(r"[\w%€$£]\s+$")
_FOR = re.compile(r"\b(?:for|is|after|takes?|in|of|every|within|to|valid|now|than|least|most|about)\s+$", re.IGNORECASE)


def _span(text: str, value: Value) -> bool:
    """Whether a *from* begins a span, as in *from Monday to Friday* or *moved from the 3rd to the 5th*."""
    after = text[value.end : value.end + 12].casefold()
    return text[: value.start].casefold().rstrip().endswith("from") and bool(
        re.match(r"\s*(?:to|till|until|-|\u2013|->|\u2192)", after)
    )


_CUT = frozenset({".", ";", "?"})
_SOFT = frozenset({",", "and", "but", "so", "then", "(", ")", "while", "whereas", "although", "though"})
_ASIDE = frozenset({"because", "cause", "cuz", "since", "as", "so", "which", "who", "after", "when", "where"})


_NAMES_IN_S = frozenset(
    ("james", "charles", "ines", "lars", "hans", "jens", "agnes", "niels", "frances", "jules", "miles", "wes", "les")
)


def _ends_as_noun(low: str) -> bool:
    """Whether a word ends as plurals and verb forms do, and first names seldom: not *Jonas*, *Chris*, *Marius*."""
    if low.endswith("s"):
        return not low.endswith(("as", "is", "us")) and low not in _NAMES_IN_S
    return low.endswith(("ing", "ed"))


class Clause(NamedTuple):
    """A part of a sentence with a verb of its own; ``sentence`` counts sentences."""

    tokens: tuple[Token, ...]
    sentence: int
    aside: bool
    """Whether it only tells why, or when: nothing in it is what the sentence says."""
    asked: bool
    """Whether its sentence is a question."""


def clauses(text: str) -> list[Clause]:
    """The clauses of a text in order. A comma or *and* cuts only where what follows can stand alone."""
    found: list[Clause] = []
    sentence: list[Token] = []
    for count, token in enumerate([*tokens(text), Token(".", ".", None, capital=False)]):
        if token.low in _CUT and not (token.low == "." and not sentence):
            found.extend(_parts(sentence, count, asked=token.low == "?"))
            sentence = []
        elif token.low not in _CUT:
            sentence.append(token)
    return found


def _parts(sentence: list[Token], count: int, *, asked: bool) -> Iterator[Clause]:
    start = _lead(sentence)
    if start:
        yield from _clause(sentence[: start - 1], count, aside=True, asked=asked)
    aside = False
    for at, token in enumerate(sentence):
        low = token.low
        rest = sentence[at + 1 :]
        if at <= start:
            continue
        because = low in {"because", "cause", "cuz", "whereas"} or (
            low in _ASIDE and _has_subject(rest) and any(map(is_verb, sentence[start:at]))
        )
        if because or (
            low in _SOFT and (_stands(rest, low) and (low != "and" or any(map(is_verb, sentence[start:at]))))
        ):
            yield from _clause(sentence[start:at], count, aside=aside, asked=asked)
            start = at if low in {"not", "never"} else at + 1
            aside = because and low != "so"
    yield from _clause(sentence[start:], count, aside=aside, asked=asked)


_LEADING = frozenset(
    [
        "because",
        "since",
        "as",
        "after",
        "due",
        "thanks",
        "given",
        "following",
        "now",
        "xinsteadof",
        "when",
        "once",
        "while",
        "with",
    ]
)


def _lead(sentence: list[Token]) -> int:
    """How much of a sentence is an opening that only tells why or when: *Because of the heat, ...*."""
    if not sentence or sentence[0].low not in _LEADING:
        return 0
    at = next((n for n, token in enumerate(sentence) if token.low == ","), 0)
    return at + 1 if 1 < at < len(sentence) - 1 else 0


def _clause(part: list[Token], count: int, *, aside: bool, asked: bool) -> Iterator[Clause]:
    kept = tuple(token for token in part if token.low not in {",", "(", ")"})
    if kept:
        yield Clause(kept, count, aside, asked)


_SUBJECTS = frozenset(
    ["i", "we", "you", "he", "she", "it", "they", "that", "this", "there", "everyone", "everybody", "nobody"]
)


def _has_subject(rest: list[Token]) -> bool:
    """Whether a clause with a subject of its own begins here."""
    near = rest[:5]
    if near and near[0].low in _SUBJECTS:
        return True
    return any(token.low in AUXILIARIES for token in near[1:]) and bool(near) and near[0].value is None


def _stands(rest: list[Token], sign: str) -> bool:
    """Whether what follows a comma or *and* is a clause: it has a verb of its own near its beginning, or is a *not*."""
    near: list[Token] = []
    if rest and rest[0].low in {"so", "but", "and", "then", "therefore", "hence"}:
        rest = rest[1:]
    for token in rest[:7]:
        if token.low in {",", "and", "("}:
            break
        near.append(token)
    if not near:
        return False
    first = near[0].low
    if first in {"not", "never", "xnolonger", "no", "xgone", "xended", "xinsteadof"}:
        return sign != "and" or first != "no"
    if sign != "and" and any(token.low == "now" and n for n, token in enumerate(near[:-1])):
        return True
    if first in _SUBJECTS:
        return len(near) > 1
    if any(
        token.low in AUXILIARIES or token.low in {"xgone", "xended", "xnolonger", "responsible", "takeover"}
        for token in near
    ):
        return True
    return any(
        is_verb(token)
        and (n == 0 or _inflected(token.low) or near[n - 1].low.endswith("s"))
        and (n == 0 or near[n - 1].low not in EMPTY | PREPOSITIONS)
        for n, token in enumerate(near)
    ) and (sign != "and" or len(near) > 1)


def is_verb(token: Token) -> bool:
    """Whether a word can be a verb."""
    return token.value is None and (token.low in AUXILIARIES or (token.stem in VERB_ROOTS and token.low not in EMPTY))


def _inflected(low: str) -> bool:
    return low.endswith(("ed", "s")) or root(low) != low.removesuffix("e")
