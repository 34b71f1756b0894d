"""Numbered receipts."""

from itertools import count


class Counter:
    """Hands out numbers in turn."""

    def __init__(self, start=1):
        self._numbers = count(start)

    def take(self):
        return next(self._numbers)


class Receipt:
    """Renders its lines first, then draws its own number."""

    def __init__(self, counter):
        self.counter = counter

    def render(self, lines):
        body = "; ".join([line(self.counter) if callable(line) else str(line) for line in lines])
        return f"#{self.counter.take()}: {body}"
