"""Counters as closures."""


def counter(start=0, step=1):
    """A function that counts on at each call, and can be set back."""
    value = start

    def count():
        nonlocal value
        value += step
        return value

    def reset():
        nonlocal value
        value = start

    count.reset = reset
    return count
