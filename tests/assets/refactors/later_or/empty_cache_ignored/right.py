"""Currency conversion with rates that are kept."""

from decimal import Decimal


class Converter:
    def __init__(self, lookup, cache=None):
        """lookup finds a rate; the rates found are kept in cache, which converters may share."""
        self.lookup = lookup
        self.cache = {} if cache is None else cache

    def rate(self, source, target):
        """Units of target for one of source."""
        if source == target:
            return Decimal(1)
        key = (source, target)
        if key not in self.cache:
            self.cache[key] = self.lookup(source, target)
        return self.cache[key]

    def convert(self, amount, source, target):
        """The amount in the target currency, to the cent."""
        return (amount * self.rate(source, target)).quantize(Decimal("0.01"))
