"""Boards of cells."""


def board(width, height, fill='.'):
    """Rows of cells, each row a list of its own."""
    return [[fill] * width] * height


def show(rows):
    return "\n".join("".join(row) for row in rows)


def put(rows, x, y, piece):
    rows[y][x] = piece
    return rows
