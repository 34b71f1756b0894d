import pytest

import subject


def test_defaults():
    assert subject.load({}) == {"port": 8080, "host": "localhost", "level": 20}
    assert subject.option({}, "X") is None


def test_options():
    raw = {"PORT": "99", "HOST": "example.org", "LEVEL": "Error", "OTHER": "x"}
    assert subject.load(raw) == {"port": 99, "host": "example.org", "level": 40}


def test_what_convert_raises_is_raised():
    with pytest.raises(ValueError):
        subject.load({"PORT": "eighty"})
    with pytest.raises(ZeroDivisionError):
        subject.option({"X": "0"}, "X", lambda text: 1 / int(text))
    with pytest.raises(KeyError):
        subject.level("loud")
