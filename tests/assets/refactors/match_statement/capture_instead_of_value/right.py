"""Reads points from what users write."""


def point(value):
    """(x, y) of a pair, of text "x,y", or of one number for both."""
    match value:
        case str():
            x, _, y = value.partition(",")
            return float(x), float(y)
    try:
        x, y = value
    except TypeError:
        return float(value), float(value)
    return float(x), float(y)


def distance(left, right):
    (x, y), (other_x, other_y) = point(left), point(right)
    return abs(x - other_x) + abs(y - other_y)
