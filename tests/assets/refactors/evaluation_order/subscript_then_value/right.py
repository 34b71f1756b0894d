"""A feed that stores what its loader returns under the current key."""


class Feed:
    def __init__(self, keys):
        self.keys = list(keys)
        self.position = 0
        self.stored = {}

    @property
    def key(self):
        return self.keys[self.position]

    def advance(self):
        self.position = (self.position + 1) % len(self.keys)

    def fetch(self, loader):
        """Store what the loader returns under the key that is current when it has returned."""
        value = loader(self)
        self.stored[self.key] = value
        return self.stored
