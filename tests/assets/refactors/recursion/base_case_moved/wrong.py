"""Flattens nested lists."""


def flatten(values):
    """The values without their nesting; empty lists are kept."""
    if not isinstance(values, list):
        return [values]
    return [flat for value in values for flat in flatten(value)]


def count(values):
    return sum(1 for value in flatten(values) if value != [])
