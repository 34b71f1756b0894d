"""One change to a call."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX = "generated input "
"""What the key of a variation begins with that replaces all arguments; no argument is called so."""


class Variation:
    """One change to a call. ``kept``: the kinds of values are those that the call itself had.

    ``mode`` says how its result is driven. ``plain``: it puts in plain values, which can be taken out again; then
    ``apply`` gives what else is to be done for that.
    """

    def __init__(
        self, key: str, kept: bool, apply: Callable[[], Any] | None = None, mode: str = "", *, plain: bool = False
    ) -> None:
        self.key = key
        self.kept = kept
        self.apply = apply
        self.mode = mode
        self.plain = plain
        self.pair: list[str] = []

    def and_then(self, other: Variation) -> Variation:
        """Both changes."""

        def apply() -> Callable[[], None]:
            done = [one.apply() for one in (self, other) if one.apply is not None]

            def undo() -> None:
                for back in reversed(done):
                    if back is not None:
                        back()

            return undo

        key, kept, plain = f"{self.key} & {other.key}", self.kept and other.kept, self.plain and other.plain
        both = Variation(key, kept, apply, self.mode or other.mode, plain=plain)
        both.pair = [self.key, other.key]
        return both


def is_plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is data through and through, and can be used again after a call that did not change it."""
    if isinstance(value, (int, float, str, bytes, type(None), dt.date, dt.timedelta)):
        return True
    if type(value) in (list, tuple, set, frozenset, dict) and depth < 4 and len(value) < 500:
        inside = [*value, *value.values()] if isinstance(value, dict) else list(value)
        return all(is_plain(v, depth + 1) for v in inside)
    return False
