"""Reads a level from text."""

NAMES = {"low": 1, "high": 3}


def parse(text, strict=True):
    """The level of a name; 0 for other names, or KeyError where strict."""
    level = NAMES.get(text.strip().lower())
    if strict and level is None:
        raise KeyError(text)
    return level if level is not None else 0
