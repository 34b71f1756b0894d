"""Histograms with buckets of one width."""

from collections import Counter


def bucket(value, width):
    """The number of the bucket; those below zero have negative numbers."""
    return value // width


def histogram(values, width=10):
    if width <= 0:
        raise ValueError("width must" " be positive")
    return dict(sorted(Counter(bucket(value, width) for value in values).items()))
