"""Clients with settings of their class."""


class Client:
    timeout = 5

    def __init__(self, name):
        self.name = name

    def slower(self, factor):
        """A longer time for this client alone."""
        longer = self.timeout * factor
        self.timeout = longer
        return self

    def describe(self):
        return f"{self.name}: {self.timeout} s"
