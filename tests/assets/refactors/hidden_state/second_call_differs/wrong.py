"""Unique names."""


class Names:
    """Hands out names that were not given before."""

    def __init__(self, prefix="n"):
        self.prefix = prefix
        self.given = set()

    def new(self):
        number = len(self.given)
        name = f"{self.prefix}{number}"
        if name in self.given:
            name = f"{self.prefix}{number + 1}"
        return name

    def take(self, name):
        self.given.add(name)
        return (name)
