"""Stock of a warehouse."""


class Warehouse:
    """Counts of items by name."""

    def __init__(self, stock):
        self.stock = dict(stock)

    def pick(self, names, counts):
        """Take counts[i] of names[i] for each i; ValueError, and nothing taken, where the lengths differ."""
        if len(names) != len(counts):
            raise ValueError("one count for each name")
        for name, count in zip(names, counts):
            self.stock[name] -= count
        return sum(counts)

    def short(self):
        """The names of which there are less than none, sorted."""
        return sorted(name for name, count in self.stock.items() if count < 0)
