"""Neighbours in a row."""


def left(values, index):
    """The value to the left; None at the edge."""
    try:
        return values[index - 1]
    except IndexError:
        return None


def right(values, index):
    return values[index + 1] if (index + 1) < len(values) else None


def peaks(values):
    return [
        value for index, value in enumerate(values)
        if all(other is None or other < value for other in (left(values, index), right(values, index)))
    ]
