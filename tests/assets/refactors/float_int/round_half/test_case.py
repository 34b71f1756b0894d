import pytest

import subject


@pytest.mark.parametrize(
    ("score", "number"), [(0, 0), (5, 5), (1.2, 1), (1.5, 2), (3.5, 4), (3.49, 3), (4.9, 5), (0.4, 0)]
)
def test_scores_are_rounded(score, number):
    assert subject.rate(score) == number


@pytest.mark.parametrize("score", [-0.1, 5.1])
def test_scores_have_bounds(score):
    with pytest.raises(ValueError):
        subject.rate(score)


def test_stars():
    assert subject.stars(3.7) == "****-"
    assert subject.stars(0) == "-----"
