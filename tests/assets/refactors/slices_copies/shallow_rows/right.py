"""Boards of cells."""


def board(width, height, fill="\x2e"):  # a full stop
    """Rows of cells, each row a list of its own."""
    return [[fill] * width for _ in range(height)]


def show(rows):
    return "\n".join("".join(row) for row in rows)


def put(rows, x, y, piece):
    rows[y][x] = piece
    return rows
