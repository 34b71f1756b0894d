"""What a question is about, apart from the words that only make it a question. Pure."""

from __future__ import annotations

import re

from memory.search import words

_ASKS = re.compile(
    r"^(?:what|whats|why|when|who|whom|whose|where|which|how|do|does|did|is|are|was|were|can|could|should|shall|will|"
    r"would|may|have|has|am|show|tell|list|find|recall)\b",
    re.IGNORECASE,
)
ASKING = frozenset(
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


def asked(text: str) -> tuple[str, ...]:
    """The stems that a text is about, each once, in order."""
    found = dict.fromkeys(words(text))
    return tuple(word for word in found if word not in ASKING and (len(word) > 1 or not word.isascii()))


def as_said(text: str) -> dict[str, str]:
    """The word of a text that each of its stems comes from."""
    return {stem: raw for raw in reversed(text.split()) for stem in words(raw) for raw in [raw.strip("?!.,;:()\"'`")]}


def is_question(text: str) -> bool:
    """Whether a text asks or orders rather than tells."""
    bare = text.strip()
    return bare.endswith("?") or _ASKS.match(bare) is not None
