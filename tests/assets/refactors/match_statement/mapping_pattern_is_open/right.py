"""Kinds of shapes by their exact keys."""


def kind(shape):
    """The kind of a shape whose keys are just those that it needs."""
    if shape == {}:
        return "empty"
    keys = set(shape)
    if keys == {"r"}:
        return "circle"
    if keys != {"w", "h"}:
        return "unknown"
    return "square" if shape["w"] == shape["h"] else "box"


def kinds(shapes):
    return sorted({kind(shape) for shape in shapes})
