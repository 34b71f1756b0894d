"""Draws with options."""


def draw(shape, **options):
    """A line of text for a shape."""
    color = options.get("color", "black")
    rest = " ".join(f"{key}={value}" for key, value in sorted(options.items()) if key != "color")
    return f"{color} {shape} {rest}".strip()


def draw_all(shapes, options):
    """All shapes with the same options."""
    return [draw(shape, **options) for shape in shapes]
