import pytest

import subject


@pytest.mark.parametrize(
    ("word", "letters"), [("abba", ["a", "b"]), ("", []), ("a-b1", ["a", "b"]), ("zaz", ["z", "a"])]
)
def test_letters(word, letters):
    assert subject.letters(word) == letters


def test_common_letters():
    assert subject.common("hello", "yellow") == ["e", "l", "o"]
    assert subject.common("a", "b") == []
