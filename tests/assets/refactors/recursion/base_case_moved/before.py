"""Flattens nested lists."""


def flatten(values):
    """The values without their nesting; empty lists are kept."""
    flat = []
    for value in values:
        if isinstance(value, list) and value:
            flat.extend(flatten(value))
        else:
            flat.append(value)
    return flat


def count(values):
    return sum(1 for value in flatten(values) if value != [])
