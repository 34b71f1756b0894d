import subject


def test_the_first_of_each_is_kept():
    assert subject.unique("banana") == ["b", "a", "n"]
    assert subject.unique([2, 1, 2.0]) == [2, 1]


def test_lists_can_be_compared_too():
    assert subject.unique([[1], [2], [1]]) == [[1], [2]]


def test_repetitions_are_noticed():
    assert subject.repeated([1, 1])
    assert not subject.repeated(iter([1, 2]))
