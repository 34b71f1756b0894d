"""Groups words by their length."""

from collections import defaultdict


def by_length(words):
    """length -> words; a length that no word has is not there."""
    groups = defaultdict(list)
    for word in words:
        groups[len(word)].append(word)
    return groups


def longest(words):
    groups = by_length(words)
    return groups[max(groups)] if groups else []
