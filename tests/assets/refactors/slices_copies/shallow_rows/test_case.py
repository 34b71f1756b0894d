import subject


def test_a_board_is_empty():
    assert subject.show(subject.board(3, 2)) == "...\n..."
    assert subject.board(0, 1) == [[]]


def test_a_piece_stands_in_one_row():
    rows = subject.put(subject.board(2, 2, "-"), 1, 0, "x")
    assert subject.show(rows) == "-x\n--"
