"""Until when the tools of a run may work: what takes minutes looks here at each step, and ends in good order."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from nova.errors import NovaError
from nova.ports import Progress, silent


class OutOfTime(NovaError):
    """The time for a piece of work was used up in the middle of it."""


@dataclass(slots=True)
class Pace:
    """A progress that stops the work it is told of once its time is up. ``until`` is of the monotonic clock."""

    until: float = math.inf
    show: Progress = silent

    def __call__(self, doing: str, done: int = 0, of: int = 0) -> None:
        """Pass on what is being done. Raises ``OutOfTime``."""
        if time.monotonic() > self.until:
            far = f" ({done} of {of} done)" if of else ""
            raise OutOfTime(f"the time was used up while {doing}{far}")
        self.show(doing, done, of)

    def stop(self) -> None:
        """Let whatever is under way end at its next step."""
        self.until = -math.inf
