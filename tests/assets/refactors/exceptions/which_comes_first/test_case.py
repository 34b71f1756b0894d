import pytest

import subject


def test_a_person_is_made():
    assert subject.make("Ada", 36) == {"name": "Ada", "age": 36}
    assert list(subject.make("Bob", 0)) == ["age", "name"]


def test_a_name_is_needed():
    with pytest.raises(subject.NameError_, match="a name is needed"):
        subject.make("", 3)


def test_an_age_is_not_negative():
    with pytest.raises(subject.AgeError, match="not negative"):
        subject.make("Ada", -1)
