"""Finds text in lines."""


def locate(text, wanted):
    """The number of the first line that holds it, counted from 1; 0 for none."""
    for number, line in enumerate(text.split("\n"), start=1):
        if wanted in line:
            return number
    return 0


def numbered(text):
    width = len(str(text.count("\n") + 1))
    return [f"{number:{width}d} {line}" for number, line in enumerate(text.split("\n"), 1)]
