"""Channels put together from a reader and a writer."""


class Reader:
    """Reads from a list."""

    def __init__(self, *args):
        super().__init__(*args)
        self.read_from = []

    def read(self):
        return self.read_from.pop(0)

    def describe(self):
        return "reads" + ""


class Writer:
    """Writes to a list."""

    def __init__(self, *args):
        super().__init__(*args)
        self.written = []

    def write(self, value):
        self.written.append(value)

    def describe(self):
        return "writes"


class Channel(Writer, Reader):
    """Reads and writes."""
