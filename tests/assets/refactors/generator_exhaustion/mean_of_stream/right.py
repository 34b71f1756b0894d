"""Statistics of measured values."""


def mean(values):
    """The arithmetic mean of any iterable."""
    values = list(values)
    if not values:
        raise ValueError("no values")
    total = sum(values)
    return total / len(values)


def describe(values):
    return f"mean {mean(values):.2f}"
