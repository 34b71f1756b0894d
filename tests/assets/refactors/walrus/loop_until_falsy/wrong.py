"""Reads values from a source until it gives None."""


class Source:
    def __init__(self, *values):
        self.values = list(values)

    def take(self):
        """The next value, None at the end."""
        return self.values.pop(0) if self.values else None


def read_all(source):
    found = []
    while value := source.take():
        found.append(value)
    return found


def total(source):
    return sum(read_all(source))
