import subject


def test_pieces_of_one_sort_and_place_are_equal():
    assert subject.Piece("rook") == subject.Piece("rook", 0, 0)
    assert subject.Piece("rook") != subject.Piece("rook", 1, 0)
    assert subject.Piece("rook") != "rook"


def test_equal_pieces_have_one_hash():
    assert len({subject.Piece("rook"), subject.Piece("rook"), subject.Piece("king")}) == 2


def test_a_piece_moves():
    piece = subject.Piece("king", 1, 1)
    piece.move(1, -1)
    assert (piece.x, piece.y) == (2, 0)
