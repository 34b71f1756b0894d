"""Prints tables."""

import sys


def show(rows, out=sys.stdout):
    """Print the rows, to standard output where no stream is given; how many."""
    for row in rows:
        out.write(" | ".join(str(cell) for cell in row) + "\n")
    return len(rows)


def show_all(tables, out=sys.stdout):
    return sum(show(rows, out) for rows in tables)
