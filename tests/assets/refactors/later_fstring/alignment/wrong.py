"""Plain text tables."""


def row(name, value):
    """A row of a table: the name on the left of 10 columns, the value on the right of 8."""
    return f"{name:10}|{value:8}"


def table(title, cells):
    """A title, underlined, and a row for each of the cells (a dict)."""
    lines = [title, "=" * len(title)]
    for name, value in cells.items():
        lines.append(row(name, value))
    return "\n".join(lines)
