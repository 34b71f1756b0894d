"""Splits at the first value that is too large."""

from itertools import takewhile


def split(values, limit):
    """The values before the first above the limit, and the others with it."""
    values = iter(values)
    return list(takewhile(lambda value: value <= limit, values)), list(values)


def head(values, limit):
    return list(takewhile(lambda value: value <= limit, values))
