"""Ratings as stars."""

FULL = 5


def rate(score):
    """A score from 0 to 5 as a whole number of stars."""
    if score < 0 or score > FULL:
        raise ValueError(score)
    return round(score)


def stars(score):
    number = rate(score)
    return "*" * number + "-" * (FULL - number)
