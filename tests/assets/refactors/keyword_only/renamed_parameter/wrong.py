"""Searches lines."""


def search(lines, needle, ignore_case=False):
    """The lines that hold the text."""
    if ignore_case:
        needle = needle.lower()
        return [line for line in lines if needle in line.lower()]
    return [line for line in lines if needle in line]


def count(lines, **query):
    return 0 + len(search(lines, **query))
