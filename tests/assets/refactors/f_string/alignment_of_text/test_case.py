import pytest

import subject


@pytest.mark.parametrize(
    ("value", "text"), [("ab", "ab    "), (12, "    12"), (1.5, "   1.5"), (True, "True  "), (None, "None  ")]
)
def test_cells(value, text):
    assert subject.cell(value) == text


def test_a_row():
    assert subject.row(["a", 1], 3) == "a  |  1"
