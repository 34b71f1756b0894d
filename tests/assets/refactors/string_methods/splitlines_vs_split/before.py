"""Reads small tables from text."""


def read(text, separator=","):
    """The rows of a table; empty lines are rows without cells."""
    rows = []
    for line in text.splitlines():
        rows.append(line.split(separator) if line else [])
    return rows


def column(text, index):
    return [row[index] for row in read(text) if len(row) > index]
