import pytest

import subject


def test_a_frame_says_its_length():
    assert subject.frame("hello") == b"5:hello"
    assert subject.frame("") == b"0:"


@pytest.mark.parametrize("text", ["hello", "", "a:b", "12:34"])
def test_a_frame_is_read_back(text):
    assert subject.unframe(subject.frame(text) + b"rest") == (text, b"rest")


def test_a_frame_may_be_cut_off():
    with pytest.raises(ValueError, match="cut off"):
        subject.unframe(b"5:hel")
