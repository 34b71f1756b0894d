"""The middle of things."""


def middle(values):
    """The middle value of a list, the left one of two."""
    if not values:
        raise IndexError("empty")
    return values[(len(values) - 1) // 2]


def halves(values):
    cut = len(values) // 2
    return values[:cut], values[cut:]
