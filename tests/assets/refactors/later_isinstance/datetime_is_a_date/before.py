"""Cells of a spreadsheet as text."""

from datetime import date


def cell(value):
    """A date as day.month.year, None as an empty cell, everything else as str has it."""
    if value is None:
        return ""
    else:
        if type(value) is date:
            return f"{value.day:02}.{value.month:02}.{value.year}"
        else:
            return str(value)


def line(values, separator=";"):
    """A line of cells; those with the separator are quoted."""
    cells = []
    for value in values:
        text = cell(value)
        cells.append(f'"{text}"' if separator in text else text)
    return separator.join(cells)
