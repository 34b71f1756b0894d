"""Reads small tables from text."""


def read(text, separator=","):
    """The rows of a table; empty lines are rows without cells."""
    return [line.split(separator) if line else [] for line in text.splitlines()]


def column(text, index):
    return [row[index] for row in read(text) if len(row) > index]
