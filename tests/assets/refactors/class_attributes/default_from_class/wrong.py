"""Clients with settings of their class."""


class Client:
    timeout = 5

    def __init__(self, name):
        self.name = name
        self.timeout = type(self).timeout

    def slower(self, factor):
        """A longer time for this client alone."""
        self.timeout = self.timeout * factor
        return self

    def describe(self):
        return f"{self.name}: {self.timeout} s"
