"""Stamps messages with a counter as clock."""


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self):
        self.now = 0

    def move(self, seconds):
        if seconds < 0:
            raise ValueError("time goes on only")
        self.now += seconds


CLOCK = Clock()


def stamp(message, at=None):
    """The message with a time, now if none is given."""
    if at is None:
        at = CLOCK.now
    return f"[{at:05d}] {message}"
