"""Generators that give a total in the end."""


def numbers(values):
    """Yield the values; the return value is their sum."""
    total = 0
    for value in values:
        total += value
        yield value
    return total


def with_total(values):
    """The values, then their sum."""
    total = yield from numbers(values)
    yield total


def listed(values):
    return list(with_total(values))
