"""Rows as dictionaries."""


def table(names, *rows):
    """One dictionary for each row; a row has as many cells as there are names."""
    return [dict(zip(names, row)) for row in rows]


def widths(names, rows):
    """The width each column needs."""
    columns = zip(names, *rows)
    return [max(len(str(cell)) for cell in column) for column in columns]
