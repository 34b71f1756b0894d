"""Transactions on a list."""


class Book:
    def __init__(self):
        self.rows = []
        self.rolled_back = 0

    def write(self, make):
        """Add the row that make() gives; a ValueError of make() is rolled back."""
        try:
            row = make()
        except ValueError:
            self.rolled_back += 1
            return
        self.commit(row)

    def commit(self, row):
        if row is None:
            raise ValueError("nothing to commit")
        self.rows.append(row)
