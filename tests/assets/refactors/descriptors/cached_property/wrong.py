"""A basket with a running total."""

from functools import cached_property


class Basket:
    def __init__(self, prices=()):
        self.prices = list(prices)

    def add(self, price):
        if price < 0: raise ValueError("a price is not negative")
        self.prices.append(price)

    @cached_property
    def total(self):
        return sum(self.prices)

    @property
    def discount(self):
        return self.total // 10 if (self.total >= 100) else 0
