"""Numbers for names."""

import itertools


class Symbols:
    """Gives each name a number, from 1 upwards without gaps."""

    def __init__(self):
        self.numbers = {}
        self.counter = itertools.count(1)

    def intern(self, name):
        """The number of a name; the next free one where the name is new."""
        if name not in self.numbers:
            self.numbers[name] = next(self.counter)
        return self.numbers[name]

    def encode(self, text):
        """The numbers of the words of a text."""
        return [self.intern(word) for word in text.split()]

    def decode(self, numbers):
        """The text of some numbers."""
        names = {number: name for name, number in self.numbers.items()}
        return " ".join(names[number] for number in numbers)
