import pytest

import subject


@pytest.mark.parametrize(
    ("values", "pairs"), [([1, 2, 3, 4], [(1, 2), (3, 4)]), ([], []), ("ab", [("a", "b")]), (range(6), [(0, 1), (2, 3), (4, 5)])]
)
def test_pairs(values, pairs):
    assert list(subject.pairs(values)) == pairs


def test_the_total():
    assert subject.total([1, 2, 3, 4]) == 14
    assert subject.total([]) == 0
