"""Totals of an account, as the old program computes them."""


def total(amounts):
    """The sum in the order given, with the rounding of each step."""
    value = 0
    for amount in amounts:
        value = (value + amount)  # in this order
    return value


def share(amounts, people):
    if people < 1:
        raise ValueError("nobody is there")
    return total(amounts) / (people * 1)
