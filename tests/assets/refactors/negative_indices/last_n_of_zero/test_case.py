import pytest

import subject


@pytest.mark.parametrize(
    ("values", "number", "last"), [([1, 2, 3], 1, [3]), ([1, 2, 3], 3, [1, 2, 3]), ([1], 5, [1]), ("abc", 2, "bc"), ([], 2, [])]
)
def test_the_last_values(values, number, last):
    assert subject.last(values, number) == last


def test_a_number_is_not_negative():
    with pytest.raises(ValueError, match="not a number"):
        subject.last([1], -1)


def test_all_but_the_last():
    assert subject.without_last([1, 2, 3], 2) == [1]
    assert subject.without_last("ab", 9) == ""
