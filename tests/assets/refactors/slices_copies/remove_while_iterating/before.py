"""Prunes lists in place."""


def prune(values, useless=(None, 0, "")):
    """Remove what is useless from the list itself; how many were removed."""
    removed = 0
    for value in values[:]:
        if value in useless:
            values.remove(value)
            removed += 1
    return removed


def pruned(values):
    copy = list(values)
    prune(copy)
    return copy
