"""Letters of words."""

from functools import lru_cache


@lru_cache(maxsize=256)
def letters(word):
    """The letters in order, each once, as a list of the caller's own."""
    found = []
    for letter in word:
        if letter.isalpha() and letter not in found:
            found.append(letter)
    return found


def common(left, right):
    others = letters(right)
    return [letter for letter in letters(left) if letter in others]
