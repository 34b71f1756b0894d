"""Reads the beginning of something."""

from itertools import chain, islice


def peek(lines, number=2):
    """The first lines, and all lines again, the first included."""
    lines = iter(lines)
    head = list(islice(lines, number))
    return head, chain(head, lines)


def has_header(lines):
    head, lines = peek(lines, 1)
    return bool(head) and head[0].startswith("#"), list(lines)
