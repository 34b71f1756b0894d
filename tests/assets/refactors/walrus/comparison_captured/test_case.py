import pytest

import subject


def test_a_long_text():
    assert subject.warning("hello world") == "11 characters, 1 over the limit"
    assert subject.warning("abc", limit=2) == "3 characters, 1 over the limit"


@pytest.mark.parametrize("text", ["", "short", "x" * 10])
def test_a_short_text(text):
    assert subject.warning(text) == ""


def test_many_texts():
    assert subject.warnings(["a", "bb", ""], 1) == ["2 characters, 1 over the limit"]
