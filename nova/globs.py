"""Path patterns as people write them in settings: ``tests/**``, ``*.py``, ``docs``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """A function that tells whether a path fits one of the patterns.

    A pattern without a slash fits a name at any depth, and everything below a folder of that name; with one it
    counts from the root. ``**`` spans folders, ``*`` does not.
    """
    compiled = [_compiled(p) for p in patterns]
    return lambda path: any(c.fullmatch(path) for c in compiled)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern.rstrip("/")
    text = pattern.strip("/")
    out = ["" if anchored else r"(?:.*/)?"]
    position = 0
    while position < len(text):
        if text.startswith("**/", position):
            out.append(r"(?:.*/)?")
            position += 3
        elif text.startswith("**", position):
            out.append(".*")
            position += 2
        else:
            char = text[position]
            out.append(r"[^/]*" if char == "*" else r"[^/]" if char == "?" else re.escape(char))
            position += 1
    return re.compile("".join(out) + r"(?:/.*)?", re.DOTALL)
