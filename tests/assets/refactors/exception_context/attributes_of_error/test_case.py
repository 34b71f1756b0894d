import pytest

import subject


def test_values_are_found():
    assert subject.get_all({"a": 1}, "a") == [1]


def test_a_missing_key():
    with pytest.raises(KeyError):
        subject.get({}, "a")
