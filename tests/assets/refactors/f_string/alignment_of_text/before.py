"""Columns of one width."""


def cell(value, width=6):
    """A cell: numbers to the right, all else to the left."""
    if isinstance(value, bool) or value is None:
        return f"{value!s:{width}}"
    return f"{value:{width}}"


def row(values, width=6):
    return "|".join(cell(value, width) for value in values)
