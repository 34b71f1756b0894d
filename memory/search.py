"""Which texts fit some words best: BM25 over the few thousand short texts of one person's memory. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

K1 = 1.2
B = 0.75
"""Robertson's usual constants (Robertson and Zaragoza, 2009): how soon repetition saturates, how much length counts."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese; and Korean, whose words bend."""
_SIGNS = "\u2600-\u27bf\U0001f300-\U0001faff"
"""Pictures, each a word."""
_WORD = re.compile(rf"[{_UNSPACED}]+|[{_SIGNS}]|[^\W_{_UNSPACED}]+")
_RUN = re.compile(rf"[{_UNSPACED}]+")
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_STOP = (
    "a an the of to in on at for and or not is are was were be been do does did have has had i you we they it its that"
    " this these those what which who when where why how with from by as about me my our your can could should would"
    " will there any some"
)
_EMPTY = frozenset(_STOP.split())


def words(text: str) -> list[str]:
    """The words of a text, lower case, with the parts of ``names_like_this`` and ``LikeThis`` beside the whole.

    Of a script that is written without spaces every two letters that stand together.
    """
    return [form for word in _WORD.findall(text.replace("'", "")) for form in _forms(word)]


def rarity(count: int, having: int) -> float:
    """What a word weighs that so many of ``count`` texts hold: high where they are few; BM25's own measure."""
    return math.log(1 + (max(count - having, 0) + 0.5) / (having + 0.5))


def bm25(query: str, texts: Mapping[str, str]) -> dict[str, float]:
    """The score of each text that holds any word of the query, by its key."""
    wanted = set(words(query))
    if not wanted or not texts:
        return {}
    counts = {key: Counter(words(text)) for key, text in texts.items()}
    mean = sum(c.total() for c in counts.values()) / len(counts) or 1.0
    held = Counter(word for c in counts.values() for word in wanted if word in c)
    scores = {}
    for key, count in counts.items():
        score = math.fsum(
            rarity(len(counts), held[w])
            * count[w] * (K1 + 1) / (count[w] + K1 * (1 - B + B * count.total() / mean))
            for w in sorted(wanted)
            if w in count
        )  # fmt: skip
        if score > 0:
            scores[key] = score
    return scores


def share(query: str, text: str) -> float:
    """The share of the query's words that a text holds, 0 to 1."""
    wanted = set(words(query))
    return len(wanted & set(words(text))) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=1 << 15)
def _forms(word: str) -> tuple[str, ...]:
    """The stem of a word and of each of its parts; none of a word that only fills."""
    low = word.casefold()
    if low in _EMPTY:
        return ()
    if len(word) > 1 and word[0] > "\u0dff" and _RUN.fullmatch(word):
        return tuple(word[at : at + 2] for at in range(len(word) - 1))
    parts = _HUMPS.findall(word)
    return (_stem(low), *(_stem(part.casefold()) for part in parts)) if len(parts) > 1 else (_stem(low),)


def _stem(word: str) -> str:
    """A word without the commonest endings of English: enough to match ``decided`` with ``decides``."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > 3 else word
