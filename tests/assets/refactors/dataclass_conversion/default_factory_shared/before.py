"""Reports with counts."""

from dataclasses import dataclass, field


class Counts(dict):
    """Counts by name."""

    __hash__ = object.__hash__


@dataclass
class Report:
    title: str
    counts: Counts = field(default_factory=Counts)

    def add(self, name, number):
        self.counts[name] = self.counts.get(name, 0) + number
        return self
