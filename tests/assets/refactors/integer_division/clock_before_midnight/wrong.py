"""Times of the day in minutes."""

DAY = 24 * 60


def clock(minutes):
    """Minutes since midnight, of this day or another, as HH:MM."""
    hours, rest = int(minutes / 60), minutes % 60
    return f"{hours % 24:02d}:{rest:02d}"


def day(minutes):
    """Which day it is, 0 for today."""
    return minutes // DAY
