"""Offers."""


def cheapest(offers):
    """The name of the cheapest offer, the first of equals."""
    best = None
    for name, price in offers:
        if best is None or not price > best[1]:
            best = (name, price)
    if best is None:
        raise LookupError("no offers")
    return best[0]


def within(offers, budget):
    return [name for name, price in offers if price <= budget]
