"""A thermometer and an alarm."""


class Thermometer:
    """Gives its readings in turn, and the last one again and again."""

    def __init__(self, *readings):
        self.readings = list(readings)

    def read(self):
        if len(self.readings) > 1:
            return self.readings.pop(0)
        return self.readings[0]


def within(thermometer, low, high):
    """Whether one reading lies within the bounds, both included."""
    return low <= thermometer.read() and thermometer.read() <= high


def alarm(thermometer, low=2, high=8):
    return "fine" if within(thermometer, low, high) else "alarm"
