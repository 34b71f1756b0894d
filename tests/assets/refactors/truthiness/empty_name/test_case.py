import pytest

import subject


@pytest.mark.parametrize(
    ("name", "text"), [("Ada", "Hello, Ada!"), (None, "Hello, stranger!"), ("", "Hello, !"), (0, "Hello, 0!")]
)
def test_greetings(name, text):
    assert subject.greeting(name) == text


def test_many_are_greeted_in_turn():
    assert subject.greetings(["Ada", None]) == ["Hello, Ada!", "Hello, stranger!"]


def test_another_template():
    assert subject.greeting("Ada", "{name}?") == "Ada?"
