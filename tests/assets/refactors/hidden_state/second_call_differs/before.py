"""Unique names."""


class Names:
    """Hands out names that were not given before."""

    def __init__(self, prefix="n"):
        self.prefix = prefix
        self.given = set()

    def new(self):
        number = len(self.given)
        name = f"{self.prefix}{number}"
        while name in self.given:
            number += 1
            name = f"{self.prefix}{number}"
        self.given.add(name)
        return name

    def take(self, name):
        self.given.add(name)
        return (name)
