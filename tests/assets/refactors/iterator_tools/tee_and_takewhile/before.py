"""Splits at the first value that is too large."""

from itertools import takewhile


def split(values, limit):
    """The values before the first above the limit, and the others with it."""
    head, tail = [], []
    for value in values:
        (tail if tail or value > limit else head).append(value)
    return head, tail


def head(values, limit):
    return list(takewhile(lambda value: value <= limit, values))
