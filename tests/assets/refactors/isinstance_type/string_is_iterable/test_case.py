import pytest

import subject


@pytest.mark.parametrize(
    ("value", "values"), [(None, []), ("abc", ["abc"]), (b"x", [b"x"]), (3, [3]), ([1, 2], [1, 2]), (range(2), [0, 1])]
)
def test_values_as_a_list(value, values):
    assert subject.as_list(value) == values


def test_joined_values():
    assert subject.joined((1, "a")) == "1,a"
