"""The documents opened last."""


class Recent:
    """Titles of documents by address, at most `size`; the one that was opened longest ago leaves."""

    def __init__(self, size=3):
        self.size = size
        self.titles = {}

    def opened(self, address, title):
        """Note that a document was opened, under its present title."""
        self.titles.pop(address, None)
        self.titles[address] = title
        while len(self.titles) > self.size:
            oldest = next(iter(self.titles))
            del self.titles[oldest]

    def menu(self):
        """The titles, the last one first."""
        return list(reversed(self.titles.values()))
