"""Costs of shipping."""

FREE_FROM = 50


def shipping(total, express=False):
    """The cost for a basket; nothing for None, which is no basket at all."""
    if total is not None:
        if total < 0:
            raise ValueError("a total is not negative")
        if total < FREE_FROM or express:
            return 12 if express else 5
    return 0


def with_shipping(total, express=False):
    return total + shipping(total, express)
