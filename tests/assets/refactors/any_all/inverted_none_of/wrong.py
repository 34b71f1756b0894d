"""Filters words."""


def clean(words, banned):
    """Whether none of the words is banned."""
    return not all(word in banned for word in words)


def first_banned(words, banned):
    for word in words:
        if not (word not in banned):
            return word
    return None
