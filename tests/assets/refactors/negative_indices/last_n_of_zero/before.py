"""The end of lists."""


def last(values, number):
    """The last values, at most so many."""
    if number < 0:
        raise ValueError("not a number of values")
    return values[max(len(values) - number, 0) :]


def without_last(values, number):
    return values[: len(values) - len(last(values, number))]
