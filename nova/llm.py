"""The place of a language model. None can be configured yet: agents that need one say so, all others work without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, and what that took."""

    text: str
    tokens: int
    money: float


class Model(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """Which one."""
        ...

    def write(self, instruction: str, request: str, *, most_tokens: int) -> Written:
        """Its answer, in at most so many tokens."""
        ...


def configured() -> Model | None:
    """The model that the person configured: no model is configured."""
    return None
