import pytest

import subject


@pytest.mark.parametrize(
    ("text", "answer"), [("a", True), ("ab_1", True), ("", False), ("1a", False), ("_a", False), ("A", False)]
)
def test_names(text, answer):
    assert subject.is_name(text) is answer


def test_what_is_no_name():
    assert subject.invalid(["x", "9", "y2", "-"]) == ["9", "-"]
