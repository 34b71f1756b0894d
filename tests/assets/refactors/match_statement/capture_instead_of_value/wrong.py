"""Reads points from what users write."""


def point(value):
    """(x, y) of a pair, of text "x,y", or of one number for both."""
    match value:
        case str():
            x, _, y = value.partition(",")
            return float(x), float(y)
        case [x, y]:
            return float(x), float(y)
        case _:
            return float(value), float(value)


def distance(left, right):
    (x, y), (other_x, other_y) = point(left), point(right)
    return abs(x - other_x) + abs(y - other_y)
