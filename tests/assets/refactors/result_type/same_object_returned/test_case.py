import subject


def test_lists_are_tidied():
    assert subject.tidy([3, 1, 3]) == [1, 3]
    assert subject.first([2, 1]) == 1
    assert subject.first([]) is None
