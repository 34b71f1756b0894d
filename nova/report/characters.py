r"""What text from the code under review may hold, made harmless: control characters, tricks of direction, bytes.

A path that is not valid UTF-8 arrives with lone surrogates in the place of its bytes. They are shown as the bytes
they stand for (``\xe9``); any other character that cannot be seen is shown as its code point (``\u202e``).
"""

from __future__ import annotations

import unicodedata

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def encodable(text: str) -> str:
    """The text with lone surrogates made visible, so that it can be written as UTF-8; the rest is left alone."""
    if text.isascii() or not _has_surrogates(text):
        return text
    return "".join(_escaped(c) if _is_surrogate(c) else c for c in text)


def visible(text: str) -> str:
    """The text on one line with nothing in it that cannot be seen, or that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def sentence(text: str) -> str:
    """Prose on one line: runs of white space become one space, the rest is made visible."""
    return visible(" ".join(text.split()))


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(cell(c) for c in text)


def cell(character: str) -> int:
    """How many columns one character takes."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
