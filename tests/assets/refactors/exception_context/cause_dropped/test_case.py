import pytest

import subject


def test_numbers_are_loaded():
    assert subject.load_all({"a": "1", "b": " 2 "}) == {"a": 1, "b": 2}
    assert subject.load_all({}) == {}


@pytest.mark.parametrize("text", ["", "x", "1.5"])
def test_what_is_no_number(text):
    with pytest.raises(subject.SettingsError, match="^port: invalid literal"):
        subject.load("port", text)


def test_what_is_no_text():
    with pytest.raises(TypeError):
        subject.load("port", None)
