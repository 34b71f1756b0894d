"""Statistics of measured values."""


def mean(values):
    """The arithmetic mean of any iterable."""
    if not values:
        raise ValueError("no values")
    return sum(values) / sum(1 for _ in values)


def describe(values):
    return f"mean {mean(values):.2f}"
