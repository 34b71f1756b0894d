"""Groups words by their first letter."""


def first(word):
    return word[0]


def by_letter(words):
    """letter -> the words that begin with it, sorted."""
    groups = {}
    for word in sorted(words):
        groups.setdefault(first(word), []).append(word)
    return groups


def largest(words):
    groups = by_letter(words)
    return max(groups, key=lambda letter: len(groups[letter]), default="")
