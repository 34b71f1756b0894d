"""Scales values."""


def scale(values, factor):
    """The values times the factor, and the factor itself at the end."""
    scaled = [result for value in values if (result := value * factor) > 0]
    scaled.append(factor)
    return scaled


def scale_all(rows, factor):
    return [scale(row, factor) for row in rows]
