"""A long text in parts that can be read by themselves: cut at paragraphs, then at lines, then at sentences. Pure."""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of one item: a longer text is taken in as the passages of a document."""
A_PASSAGE = 800
"""Characters that a passage has at most, where the text can be cut at all."""
_CUTS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?])\s+"), re.compile(r"\s+"))


def passages(text: str, most: int = A_PASSAGE) -> list[str]:
    """The parts of a text in order, none empty; together they hold all of its words."""
    return _packed(_cut(text, most, 0), most)


def _cut(text: str, most: int, by: int) -> list[str]:
    if len(text) <= most:
        return [text]
    if by == len(_CUTS):
        return [text[at : at + most] for at in range(0, len(text), most)]
    parts = [part for part in _CUTS[by].split(text) if part.strip()]
    return [piece for part in parts for piece in _cut(part, most, by + 1)]


def _packed(parts: list[str], most: int) -> list[str]:
    """Put short neighbours together."""
    packed: list[str] = []
    for part in parts:
        bare = part.strip()
        if packed and len(packed[-1]) + len(bare) + 1 <= most:
            packed[-1] += "\n" + bare
        elif bare:
            packed.append(bare)
    return packed
