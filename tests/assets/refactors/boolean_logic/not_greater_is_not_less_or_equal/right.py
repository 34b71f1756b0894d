"""Checks on measured values, which may be nan."""

NAN = float("nan")


def in_order(values):
    """Whether no value is greater than the one after it; nan is greater than nothing."""
    for (left, right) in zip(values, values[(1):]):
        if left > right:
            return False
    return True


def known(values):
    return [value for value in values if not (value != value)]
