"""Levels of detail."""


def level(value):
    """A level for a flag, a number or a name."""
    match value:
        case True:
            return "all"
        case False | None:
            return "none"
        case 1:
            return "some"
    return "all" if value == "full" else "none"


def levels(values):
    return [level(value) for value in values]
