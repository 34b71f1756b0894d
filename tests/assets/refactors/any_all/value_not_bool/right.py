"""Chooses among values."""


def first_true(values, default=None):
    """The first value that is true."""
    return next((value for value in values if value), default)


def title(*names):
    return first_true(names, "untitled").title()
