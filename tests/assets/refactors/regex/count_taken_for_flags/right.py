"""Hides words in texts."""

import re


def hide(text, word="secret"):
    """The text with the word blacked out, in any case."""
    return re.sub(rf"\b{re.escape(word)}\b", "#" * len(word), text, flags=re.IGNORECASE)


def hide_all(text, words):
    for word in words:
        text = hide(text, word)
    return text
