"""Chooses among values."""


def first_true(values, default=None):
    """The first value that is true."""
    for value in values:
        if value:
            return value
    return default


def title(*names):
    return first_true(names, "untitled").title()
