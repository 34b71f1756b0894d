"""Offers."""


def cheapest(offers):
    """The name of the cheapest offer, the first of equals."""
    best = min(((name, price) for name, price in offers), key=lambda offer: offer[1], default=None)
    if best is None:
        raise LookupError("no offers")
    return best[0]


def within(offers, budget):
    return [name for name, price in offers if price <= budget]
