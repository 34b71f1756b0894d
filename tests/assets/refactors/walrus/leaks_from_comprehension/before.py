"""Scales values."""


def scale(values, factor):
    """The values times the factor, and the factor itself at the end."""
    scaled = []
    for value in values:
        result = value * factor
        if result > 0:
            scaled.append(result)
    scaled.append(factor)
    return scaled


def scale_all(rows, factor):
    return [scale(row, factor) for row in rows]
