import pytest

import subject


@pytest.mark.parametrize(
    ("values", "parts"), [([1, 2, 9, 3], ([1, 2], [9, 3])), ([], ([], [])), ([9], ([], [9])), ([1, 5], ([1, 5], []))]
)
def test_values_are_split(values, parts):
    assert subject.split(values, 5) == parts


def test_the_head():
    assert subject.head([1, 9, 2], 5) == [1]
