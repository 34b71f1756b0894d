import subject


def test_a_plain_table():
    assert subject.look_up_all({"a": 1}, "ab") == [1, None]


def test_what_is_missing_is_worked_out():
    squares = subject.Squares()
    assert subject.look_up_all(squares, [2, 3, 2]) == [4, 9, 4]
    assert squares == {2: 4, 3: 9}
