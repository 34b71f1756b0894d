import subject


def test_large_numbers():
    assert list(subject.large([1, 9, 5], 4)) == [9, 5]


def test_numbers_are_moved():
    source = [7, 8, 1, 9]
    assert subject.move(source, [], 5) == [7, 8, 9]
    assert source == [1]
