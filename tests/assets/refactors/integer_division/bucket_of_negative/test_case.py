import pytest

import subject


def test_a_histogram():
    assert subject.histogram([1, 9, 10, 25]) == {0: 2, 1: 1, 2: 1}


def test_buckets_below_zero():
    assert subject.histogram([-1, 0, 1, -11]) == {-2: 1, -1: 1, 0: 2}


def test_a_width_is_positive():
    with pytest.raises(ValueError, match="width must be positive"):
        subject.histogram([], 0)
