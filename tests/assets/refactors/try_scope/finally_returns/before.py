"""Measures with an instrument that must be closed."""


class Instrument:
    def __init__(self, values):
        self.values = list(values)
        self.open = True

    def read(self):
        return self.values.pop(0)

    def close(self):
        self.open = False


def measure(instrument, times):
    """The values read; the instrument is closed in any case."""
    found = []
    try:
        for _ in range(times):
            found.append(instrument.read())
    finally:
        instrument.close()
    return found
