"""Amounts of money."""


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        if isinstance(other, Money):
            return self.cents == other.cents
        return NotImplemented

    def __hash__(self):
        return hash(("Money", self.cents))

    def __repr__(self):
        return "Money(%d.%02d)" % divmod(self.cents, 100)
