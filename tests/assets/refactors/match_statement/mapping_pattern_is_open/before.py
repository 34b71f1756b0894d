"""Kinds of shapes by their exact keys."""


def kind(shape):
    """The kind of a shape whose keys are just those that it needs."""
    if shape == {}:
        return "empty"
    if set(shape) == {"r"}:
        return "circle"
    if set(shape) == {"w", "h"}:
        return "square" if shape["w"] == shape["h"] else "box"
    return "unknown"


def kinds(shapes):
    return sorted({kind(shape) for shape in shapes})
