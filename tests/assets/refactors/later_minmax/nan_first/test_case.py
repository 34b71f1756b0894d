from math import inf, nan

import subject


def test_lowest():
    assert subject.lowest([3.5, 1.25, 2.0]) == 1.25
    assert subject.lowest([-1.0]) == -1.0
    assert subject.lowest([]) == inf


def test_not_a_number_is_left_out():
    assert subject.lowest([3.0, nan, 1.0]) == 1.0
    assert subject.lowest([2.0, 7.0, nan]) == 2.0


def test_alarm():
    assert subject.alarm([20.0, nan, 3.0], 5.0) == "3.0 is below 5.0"
    assert subject.alarm([20.0, 6.5], 5.0) is None
    assert subject.alarm([], 5.0) is None
