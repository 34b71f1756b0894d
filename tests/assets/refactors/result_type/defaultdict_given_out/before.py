"""Groups words by their length."""


def by_length(words):
    """length -> words; a length that no word has is not there."""
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def longest(words):
    groups = by_length(words)
    return groups[max(groups)] if groups else []
