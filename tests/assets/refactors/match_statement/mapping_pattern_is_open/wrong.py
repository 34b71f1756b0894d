"""Kinds of shapes by their exact keys."""


def kind(shape):
    """The kind of a shape whose keys are just those that it needs."""
    if shape == {}:
        return "empty"
    match shape:
        case {"r": _}:
            return "circle"
        case {"w": width, "h": height}:
            return "square" if width == height else "box"
    return "unknown"


def kinds(shapes):
    return sorted({kind(shape) for shape in shapes})
