"""Groups words by their length."""


def by_length(words):
    """length -> words; a length that no word has is not there."""
    groups = {}
    for word in words:
        length = len(word)
        if length not in groups:
            groups[length] = []
        groups[length].append(word)
    return groups


def longest(words):
    groups = by_length(words)
    return groups[max(groups)] if groups else []
