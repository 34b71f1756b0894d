import pytest

import subject


def test_pairs():
    assert subject.pairs([1, 2, 3, 4]) == [[1, 2], [3, 4]]
    assert subject.pairs("abcd") == ["ab", "cd"]
    assert subject.pairs([]) == []


def test_windows_may_overlap():
    assert subject.windows([1, 2, 3], 2, 1) == [[1, 2], [2, 3], [3]]


def test_windows_may_leave_gaps():
    assert subject.windows([1, 2, 3, 4, 5, 6], 1, 3) == [[1], [4]]


@pytest.mark.parametrize(("size", "step"), [(0, 1), (1, 0)])
def test_sizes_are_positive(size, step):
    with pytest.raises(ValueError):
        subject.windows([1], size, step)
