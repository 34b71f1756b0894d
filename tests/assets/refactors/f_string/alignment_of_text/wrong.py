"""Columns of one width."""


def cell(value, width=6):
    """A cell: numbers to the right, all else to the left."""
    return str(value).ljust(width)


def row(values, width=6):
    return "|".join(cell(value, width) for value in values)
