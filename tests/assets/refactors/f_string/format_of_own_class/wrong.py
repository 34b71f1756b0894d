"""Prices as text."""


class Price:
    def __init__(self, cents):
        self.cents = cents

    def __str__(self):
        return f"{self.cents / 100:.2f}"

    def __format__(self, spec):
        return str(self) + (" " + spec if spec else " EUR")


def label(name, price):
    return f"{name}: {price}"


def receipt(lines):
    return "\n".join([label(name, price) for name, price in lines])
