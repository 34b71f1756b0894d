import subject


def test_missing_windows_are_not_counted():
    assert subject.total([None, subject.Window([1, 2]), None]) == (1, 3)


def test_an_empty_window_is_counted():
    empty = subject.Window([])
    assert len(empty) == 0
    assert subject.total([empty, subject.Window([4])]) == (2, 4)
