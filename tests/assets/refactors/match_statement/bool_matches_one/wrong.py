"""Levels of detail."""


def level(value):
    """A level for a flag, a number or a name."""
    match value:
        case 1:
            return "some"
        case True | "full":
            return "all"
        case _:
            return "none"


def levels(values):
    return [level(value) for value in values]
