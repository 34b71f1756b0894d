"""Counts words."""


def words(text):
    """The words of a text, whatever stands between them."""
    return text.split()


def count(text):
    counts = {}
    for word in words(text.lower()):
        counts[word] = counts.get(word, 0) + 1
    return counts


def most_common(text):
    counts = count(text)
    return max(counts, key=lambda word: counts[word]) if counts else None
