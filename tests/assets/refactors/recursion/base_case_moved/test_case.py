import pytest

import subject


@pytest.mark.parametrize(
    ("values", "flat"), [([1, [2, [3]]], [1, 2, 3]), ([], []), ([1, []], [1, []]), (["ab"], ["ab"]), ([[[]]], [[]])]
)
def test_flat_lists(values, flat):
    assert subject.flatten(values) == flat


def test_how_many_there_are():
    assert subject.count([1, [], [2, [3, []]]]) == 3
