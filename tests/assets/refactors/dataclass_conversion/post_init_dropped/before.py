"""Paths of steps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Path:
    steps: tuple

    def __post_init__(self):
        object.__setattr__(self, "steps", tuple(self.steps))

    def then(self, step):
        return Path(self.steps + (step,))

    def __len__(self):
        return len(self.steps)
