"""Searches lines."""


def search(lines, text, ignore_case=False):
    """The lines that hold the text."""
    if ignore_case:
        text = text.lower()
        return [line for line in lines if text in line.lower()]
    return [line for line in lines if text in line]


def count(lines, **query):
    return 0 + (len(search(lines, **query)))
