from decimal import Decimal

import subject


class Lookup:
    def __init__(self):
        self.asked = []

    def __call__(self, source, target):
        self.asked.append(source + target)
        return Decimal("0.9")


def test_convert():
    lookup = Lookup()
    converter = subject.Converter(lookup)
    assert converter.convert(Decimal("10.01"), "USD", "EUR") == Decimal("9.01")
    assert converter.convert(Decimal(5), "USD", "USD") == Decimal("5.00")
    assert converter.convert(Decimal(1), "USD", "EUR") == Decimal("0.90")
    assert lookup.asked == ["USDEUR"]
    assert converter.cache == {("USD", "EUR"): Decimal("0.9")}


def test_shared_cache():
    cache = {("USD", "CHF"): Decimal("0.5")}
    lookup = Lookup()
    first, second = subject.Converter(lookup, cache), subject.Converter(lookup, cache)
    assert first.convert(Decimal(2), "USD", "CHF") == Decimal("1.00")
    assert first.rate("USD", "EUR") == second.rate("USD", "EUR") == Decimal("0.9")
    assert lookup.asked == ["USDEUR"]
    assert len(cache) == 2


def test_each_has_its_own_cache_by_default():
    assert subject.Converter(None).cache is not subject.Converter(None).cache
