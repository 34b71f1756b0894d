"""Flattens nested lists."""


def flatten(values):
    """The values without their nesting; empty lists are kept."""
    flat = []
    for value in values:
        flat += flatten(value) if isinstance(value, list) and value else [value]
    return flat


def count(values):
    return sum(1 for value in flatten(values) if value != [])
