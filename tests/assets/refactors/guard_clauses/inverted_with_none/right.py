"""Costs of shipping."""

FREE_FROM = 50


def shipping(total, express=False):
    """The cost for a basket; nothing for None, which is no basket at all."""
    if total is None:
        return 0
    if total < 0:
        raise ValueError("a total is not negative")
    if not total < FREE_FROM and not express:
        return 0
    return 12 if express else 5


def with_shipping(total, express=False):
    return total + shipping(total, express)
