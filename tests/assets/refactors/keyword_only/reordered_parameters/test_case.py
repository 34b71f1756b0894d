import pytest

import subject


@pytest.mark.parametrize(
    ("length", "gap", "text"), [(1, 1, "|"), (2, 1, "|-|"), (3, 2, "|--|--|"), (0, 1, ""), (2, 0, "||")]
)
def test_fences(length, gap, text):
    assert subject.fence(length, gap=gap) == text


def test_another_post():
    assert subject.fence(2, post="#") == "#-#"


def test_a_garden():
    assert subject.garden(1, 2) == "|\n|-|"
    assert subject.garden(2, gap=3) == "|---|"
