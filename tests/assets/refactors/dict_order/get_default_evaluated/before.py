"""Names with a costly fall-back."""


class Names:
    def __init__(self, known, registry):
        self.known = known
        self.registry = registry
        self.asked = 0

    def from_registry(self, number):
        self.asked += 1
        return self.registry[number]

    def name_of(self, number):
        """The known name, or that of the registry, which is asked only then."""
        if number in self.known:
            return self.known[number]
        return self.from_registry(number)
