import subject


def test_values_are_scaled():
    assert subject.scale([1, 2], 10) == [10, 20, 10]
    assert subject.scale([], 3) == [3]
    assert subject.scale([-1, 2], 3) == [6, 3]


def test_rows_are_scaled():
    assert subject.scale_all([[1], []], 2) == [[2, 2], [2]]
