"""An account with a limit."""


class LimitReached(Exception):
    """The charge would go over the limit."""


class Account:
    def __init__(self, limit):
        self.limit = limit
        self.spent = 0

    def check(self, amount):
        if self.spent + amount > self.limit:
            raise LimitReached(f"only {self.limit - self.spent} is left, " + "not %d" % amount)

    def book(self, amount):
        self.spent += amount
        return self.spent

    def charge(self, amount):
        spent = self.book(amount)
        self.check(0)
        return spent
