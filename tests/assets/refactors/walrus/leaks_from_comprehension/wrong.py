"""Scales values."""


def scale(values, factor):
    """The values times the factor, and the factor itself at the end."""
    start = factor
    scaled = [factor for value in values if (factor := value * start) > 0]
    scaled.append(factor)
    return scaled


def scale_all(rows, factor):
    return [scale(row, factor) for row in rows]
