"""Paths of steps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Path:
    steps: tuple

    def then(self, step):
        return Path((*self.steps, step))

    def __len__(self):
        return len(self.steps)
