"""Headings on a compass."""

FULL = 360


def turn(heading, by):
    """The heading after a turn; to the left where `by` is negative."""
    return (heading + by) % FULL


def opposite(heading):
    return turn(heading, 180)


def name(heading):
    """The nearest of the four main points."""
    points = ("N", "E", "S", "W")
    return points[(heading + 45) % FULL // 90]
