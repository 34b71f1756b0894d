import pytest

import subject


def test_a_version_as_text():
    assert str(subject.Version(1, 2, "rc")) == "1.2rc"


def test_the_newest():
    assert subject.newest(subject.Version(1, 9), subject.Version(1, 10, "b"), subject.Version(1)) == "1.10b"


def test_a_version_does_not_change():
    with pytest.raises(AttributeError):
        subject.Version(1).major = 2
