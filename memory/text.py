"""Texts that a database takes: the name of a file may hold what is no UTF-8, and Python carries that as surrogates."""

from __future__ import annotations

import re

LONE = re.compile("[\ud800-\udfff]")
KEPT = re.compile("\0(d[89a-f][0-9a-f]{2})")


def storable(text: str) -> str:
    """The text with each lone surrogate written out, behind a NUL that no file name holds."""
    return LONE.sub(lambda found: f"\0{ord(found[0]):04x}", text)


def original(text: str) -> str:
    """The text that ``storable`` was given."""
    return KEPT.sub(lambda found: chr(int(found[1], 16)), text)
