"""Feeds of articles, each shown once."""


class Feed:
    """Collects articles by address, the first title of each."""

    def __init__(self):
        self.seen = set()
        self.titles = []

    def push(self, batch):
        """Add a batch of (address, title); return how many were new."""
        before = len(self.titles)
        for address, title in batch:
            if address not in self.seen:
                self.seen.add(address)
                self.titles.append(title)
        return len(self.titles) - before

    def page(self, number, size=10):
        """The titles of a page, counted from 1."""
        start = (number - 1) * size
        return self.titles[start : start + size]
