import pytest

import subject


def test_sizes():
    assert subject.sizes([1, -2, 0, -0.5]) == [1, 2, 0, 0.5]


@pytest.mark.parametrize(("number", "text"), [(-3, "3"), (0.0, "0"), (-0.0, "0"), (2.5, "2.5")])
def test_sizes_as_text(number, text):
    assert subject.text(number) == text
