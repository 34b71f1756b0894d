"""Prunes lists in place."""


def prune(values, useless=(None, 0, "")):
    """Remove what is useless from the list itself; how many were removed."""
    removed = 0
    copy = values[:]
    for value in copy:
        if value in useless:
            values.remove(value)
            removed += 1
    return removed


def pruned(values):
    copy = list(values)
    prune(copy)
    return copy
