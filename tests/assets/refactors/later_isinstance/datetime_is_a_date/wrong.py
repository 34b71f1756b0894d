"""Cells of a spreadsheet as text."""

from datetime import date


def cell(value):
    """A date as day.month.year, None as an empty cell, everything else as str has it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value)


def line(values, separator=";"):
    """A line of cells; those with the separator are quoted."""
    cells = []
    for value in values:
        text = cell(value)
        cells.append(f'"{text}"' if separator in text else text)
    return separator.join(cells)
