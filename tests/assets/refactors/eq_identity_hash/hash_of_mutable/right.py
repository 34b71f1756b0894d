"""Pieces on a board; a piece is itself wherever it stands."""


class Piece:
    def __init__(self, sort, x=0, y=0):
        self.sort = sort
        self.x = x
        self.y = y

    def move(self, dx, dy):
        self.x += dx
        self.y += dy

    def __eq__(self, other):
        if not isinstance(other, Piece): return NotImplemented
        return ((self.sort, self.x, self.y) == (other.sort, other.x, other.y))

    def __hash__(self):
        return hash(self.sort)
