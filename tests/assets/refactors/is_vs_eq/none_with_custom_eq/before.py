"""Columns that compare cell by cell."""


class Column:
    def __init__(self, cells):
        self.cells = list(cells)

    def __eq__(self, other):
        return [cell == other for cell in self.cells]

    __hash__ = None


def is_missing(column):
    """Whether there is no column at all."""
    return column is None


def width(column):
    return 0 if is_missing(column) else len(column.cells)
