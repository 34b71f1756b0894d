import pytest

import subject


def test_levels_have_names():
    assert subject.parse(" High ") == 3
    assert subject.parse("low", strict=False) == 1


def test_other_names():
    assert subject.parse("x", strict=False) == 0
    with pytest.raises(KeyError):
        subject.parse("x")
