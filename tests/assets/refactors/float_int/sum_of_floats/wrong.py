"""Totals of an account, as the old program computes them."""

from math import fsum


def total(amounts):
    """The sum in the order given, with the rounding of each step."""
    return fsum(amounts)


def share(amounts, people):
    if people < 1:
        raise ValueError("nobody is there")
    return total(amounts) / (people * 1)
