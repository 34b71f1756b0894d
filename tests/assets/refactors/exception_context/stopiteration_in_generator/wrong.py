"""Pairs of neighbours."""


def pairs(values):
    """(first, second), (third, fourth), ...; a last one without a partner is left out."""
    iterator = iter(values)
    for first in iterator:
        yield first, next(iterator)


def total(values):
    return sum(left * right for left, right in pairs(values))
