import pytest

import subject


def test_given_options_win():
    assert subject.options({"depth": 1}) == {"depth": 1, "follow": False}
    assert subject.options({}) == {"depth": 3, "follow": False}


def test_unknown_options_are_named():
    with pytest.raises(KeyError, match="color, width"):
        subject.options({"width": 1, "color": 2})


def test_options_are_the_callers_own():
    mine = subject.options()
    mine["depth"] = 9
    assert subject.options()["depth"] == 3
