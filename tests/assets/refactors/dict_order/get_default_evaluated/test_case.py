import pytest

import subject


def test_a_known_name_needs_no_registry():
    names = subject.Names({1: "one"}, {})
    assert names.name_of(1) == "one"
    assert names.asked == 0


def test_the_registry_is_the_fall_back():
    names = subject.Names({1: "one"}, {2: "two"})
    assert names.name_of(2) == "two"
    assert names.asked == 1
    with pytest.raises(KeyError):
        names.name_of(3)
