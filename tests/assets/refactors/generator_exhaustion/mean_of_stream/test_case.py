import pytest

import subject


@pytest.mark.parametrize(("values", "mean"), [([1, 2, 3], 2.0), ((4,), 4.0), ({1, 2}, 1.5), ([-1, 1], 0.0)])
def test_the_mean(values, mean):
    assert subject.mean(values) == mean


def test_nothing_has_no_mean():
    with pytest.raises(ValueError, match="no values"):
        subject.mean([])


def test_the_mean_in_words():
    assert subject.describe([1, 2]) == "mean 1.50"
