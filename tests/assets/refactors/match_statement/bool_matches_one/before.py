"""Levels of detail."""


def level(value):
    """A level for a flag, a number or a name."""
    if value is True:
        return "all"
    if value is False or value is None:
        return "none"
    if value == 1:
        return "some"
    return "all" if value == "full" else "none"


def levels(values):
    return [level(value) for value in values]
