import pytest

import subject


@pytest.mark.parametrize(("values", "middle"), [([1], 1), ([1, 2], 1), ([1, 2, 3], 2), ("abcd", "b")])
def test_the_middle(values, middle):
    assert subject.middle(values) == middle


def test_nothing_has_no_middle():
    with pytest.raises(IndexError, match="empty"):
        subject.middle([])


def test_halves():
    assert subject.halves([1, 2, 3]) == ([1], [2, 3])
    assert subject.halves("") == ("", "")
