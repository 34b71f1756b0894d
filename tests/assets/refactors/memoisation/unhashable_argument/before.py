"""Sums of nested numbers."""


def total(values):
    """The sum of all numbers, however deep."""
    if isinstance(values, (int, float)):
        return values
    return sum(total(value) for value in values)


def mean(values):
    numbers = len(values)
    return (total(values) / numbers) if numbers else (0.0)
