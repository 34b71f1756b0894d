"""Tidies lists in place."""


def tidy(values):
    """Sort the list and drop repetitions, in place; the list itself is returned, for chaining."""
    return sorted(set(values))


def first(values):
    return tidy(values)[0] if values else None
