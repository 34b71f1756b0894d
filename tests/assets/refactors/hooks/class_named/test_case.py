import pytest

import subject


@pytest.mark.parametrize(("metres", "text"), [(1, "1.0 m"), (0, "0.0 m"), (2.55, "2.5 m"), (-3, "-3.0 m")])
def test_metres(metres, text):
    assert subject.Length(metres).show() == text


def test_kilometres():
    assert subject.Kilometres(1500).show() == "1.5 km"


def test_the_factor_of_metres():
    assert subject.Length(7).convert() == 7
