import pytest

import subject


@pytest.mark.parametrize(
    ("values", "found"),
    [([1, 3, 2], [2, -1]), ([], []), ([4], []), ([None, 1, 4], [3]), ([1, 4, None], [3]), ([0, 0, 5], [0, 5])],
)
def test_differences(values, found):
    assert subject.differences(values) == found


def test_the_largest():
    assert subject.largest([1, 5, 6]) == 4
    assert subject.largest([1]) is None
