"""Prints tables."""

import sys


def show(rows, out=None):
    """Print the rows, to standard output where no stream is given; how many."""
    if out is None:
        out = sys.stdout
    for row in rows:
        out.write(" | ".join(str(cell) for cell in row) + "\n")
    return len(rows)


def show_all(tables, out=None):
    return sum(show(rows, out) for rows in tables)
