import pytest

import subject


def test_pairs():
    assert subject.parse("a = 1") == ("a", "1")
    assert subject.parse("empty=") == ("empty", "")
    assert subject.parse("path=a=b") == ("path", "a=b")


def test_a_sign_is_needed():
    with pytest.raises(ValueError, match="no '=' in 'a'"):
        subject.parse("a")


def test_many():
    assert subject.parse_all(["a=1", "", "b=2"]) == {"a": "1", "b": "2"}
