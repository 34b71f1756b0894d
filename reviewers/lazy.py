"""Regular expressions that are compiled when they are first used: most runs use few of them, and compiling is slow."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pattern:
    """A regular expression by its text and flags, with the methods of a compiled one that rules ask for."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self.pattern = text
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self.pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place that fits."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Whether it fits at the beginning."""
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Whether it fits the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that fits."""
        return self.compiled.finditer(text)
