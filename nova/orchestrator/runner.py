"""Runs a handler in a thread of its own, for as long as it may take."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_WAIT = 60.0
"""Seconds between two looks at what is left, which may stand still while a person is asked."""
SHORTEST_WAIT = 0.001


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def tick(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()


class ThreadRunner:
    """A daemon thread for each step. One that is too slow is left behind, cut off from every tool."""

    def run(self, work: Callable[[], str], left: Callable[[], float], shut: Callable[[], None]) -> str | None:
        """What the work gave, or None where no time was left."""
        found: list[str] = []
        done = threading.Event()

        def body() -> None:
            try:
                found.append(work())
            finally:
                done.set()

        threading.Thread(target=body, name="nova-agent", daemon=True).start()
        try:
            while not done.wait(min(max(left(), SHORTEST_WAIT), LONGEST_WAIT)):
                if left() <= 0:
                    shut()
                    return None
        except BaseException:
            shut()  # Ctrl-C: whatever is under way may change nothing more
            raise
        return found[0] if found else None
