import pytest

import subject


@pytest.mark.parametrize(
    ("scores", "best"), [([1, 5, 3, 9], [9, 5, 3]), ([2], [2]), ([1, 1], [1, 1]), ((4, 6), [6, 4])]
)
def test_the_best_scores(scores, best):
    assert subject.top(scores) == best


def test_how_many_are_wanted():
    assert subject.top([1, 2, 3], number=1) == [3]
    assert subject.top([1, 2, 3], number=0) == []


def test_nobody_has_scored():
    assert not subject.top([])


def test_the_podium():
    assert subject.podium([1, 2]) == "2, 1"
    assert subject.podium([]) == "nobody"
