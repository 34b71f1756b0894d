"""Draws with options."""


def draw(shape, options=None, **more):
    """A line of text for a shape."""
    options = more if options is None else options
    color = options.pop("color", "black")
    rest = " ".join(f"{key}={value}" for key, value in sorted(options.items()))
    return f"{color} {shape} {rest}".strip()


def draw_all(shapes, options):
    """All shapes with the same options."""
    return [draw(shape, options) for shape in shapes]
