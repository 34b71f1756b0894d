import pytest

import subject


@pytest.mark.parametrize(
    ("value", "text"), [("a", "got a"), (3, "got 3"), (2.5, "got 2.5"), ([1], "got [1]"), ({}, "got {}"), ("", "got ")]
)
def test_a_message(value, text):
    assert subject.message(value) == text


def test_messages():
    assert subject.messages([1, None, "x"]) == ["got 1", "got x"]
