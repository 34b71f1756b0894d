"""Groups words by their first letter."""

from itertools import groupby


def first(word):
    return word[0]


def by_letter(words):
    """letter -> the words that begin with it, sorted."""
    return {letter: sorted(group) for letter, group in groupby(words, key=first)}


def largest(words):
    groups = by_letter(words)
    return max(groups, key=lambda letter: len(groups[letter]), default="")
