import pytest

import subject


@pytest.mark.parametrize(
    ("line", "code"), [("x = 1  # one\n", "x = 1"), ("x = 1\n", "x = 1"), ("# all\n", ""), ("\n", ""), ("a # b # c\n", "a")]
)
def test_what_stands_before_a_comment(line, code):
    assert subject.code(line) == code


def test_lines_of_code():
    assert subject.code_lines("# head\n\nx = 1  # one\n  y = 2\n") == ["x = 1", "  y = 2"]
    assert subject.code_lines("") == []
