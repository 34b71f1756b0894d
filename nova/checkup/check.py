"""One thing that was looked at, and what it means for what Nova can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """``less``: Nova does less, but what it does is right. ``bad``: a review cannot be had, or not wholly."""

    state: Literal["good", "less", "bad"]
    what: str
    next_step: str = ""
