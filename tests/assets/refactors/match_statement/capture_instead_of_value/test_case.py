import pytest

import subject


@pytest.mark.parametrize(
    ("value", "point"), [((1, 2), (1.0, 2.0)), ([3, "4"], (3.0, 4.0)), ("5,6", (5.0, 6.0)), (7, (7.0, 7.0)), (0, (0.0, 0.0))]
)
def test_points(value, point):
    assert subject.point(value) == point


def test_what_is_no_point():
    with pytest.raises(ValueError):
        subject.point("north")


def test_distances():
    assert subject.distance((0, 0), "3,4") == 7.0
