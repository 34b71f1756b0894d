import subject


def test_values_are_found():
    assert subject.has([1, 2.0], 2) is True
    assert subject.has([], 1) is False
    assert subject.has([subject.NAN], subject.NAN) is True


def test_missing_values():
    assert subject.missing([1, 2], [2, 3]) == [3]


def test_where_a_value_is():
    assert subject.where("abc", "c") == 2
    assert subject.where([1], 2) == -1
