"""Summaries of sensor readings."""

from math import inf


def lowest(readings):
    """The lowest reading; those that are not a number are left out. inf where there is none."""
    return min(readings, default=inf)


def alarm(readings, limit):
    """A line of text where the lowest reading is below the limit, otherwise None."""
    low = lowest(readings)
    if low < limit:
        return f"{low:.1f} is below {limit:.1f}"
    return None
