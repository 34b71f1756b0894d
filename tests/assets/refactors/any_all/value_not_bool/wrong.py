"""Chooses among values."""


def first_true(values, default=None):
    """The first value that is true."""
    return any(values) or default


def title(*names):
    return first_true(names, "untitled").title()
