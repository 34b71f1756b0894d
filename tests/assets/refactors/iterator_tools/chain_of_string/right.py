"""Merges lists of names."""

from itertools import chain


def merge(*lists):
    """All names of all lists, each once, sorted."""
    return sorted(set((chain.from_iterable((lists)))))


def count(*lists):
    return sum([1 for _ in merge(*lists)])
