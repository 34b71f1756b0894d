"""Amounts of money."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __hash__(self):
        return hash(("Money", self.cents))

    def __repr__(self):
        return "Money(%d.%02d)" % divmod(self.cents, 100)
