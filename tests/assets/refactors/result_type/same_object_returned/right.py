"""Tidies lists in place."""


def tidy(values):
    """Sort the list and drop repetitions, in place; the list itself is returned, for chaining."""
    distinct = set(values)
    values[:] = sorted(distinct)
    return values


def first(values):
    return tidy(values)[0] if values else None
