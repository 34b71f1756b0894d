"""Reads the beginning of something."""

from itertools import chain, islice


def peek(lines, number=2):
    """The first lines, and all lines again, the first included."""
    rest = iter(lines)
    head = []
    head.extend(islice(rest, number))
    return head, chain(head, rest)


def has_header(lines):
    head, lines = peek(lines, 1)
    return bool(head) and head[0].startswith("#"), list(lines)
