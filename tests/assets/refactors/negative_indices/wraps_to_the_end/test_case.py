import subject


def test_neighbours():
    assert subject.left([1, 2, 3], 2) == 2
    assert subject.left([1, 2, 3], 0) is None
    assert subject.right([1, 2, 3], 2) is None


def test_peaks():
    assert subject.peaks([3, 1, 2, 1, 5]) == [3, 2, 5]
    assert subject.peaks([]) == []
