import pytest

import subject


def log(text):
    made = subject.Log()
    made.write(text)
    return made


def test_lines_are_written():
    assert log("a\nb").lines == ["a", "b"]
    assert len(log("")) == 0


@pytest.mark.parametrize(
    ("keep", "left"), [(1, ["c"]), (2, ["b", "c"]), (3, ["a", "b", "c"]), (9, ["a", "b", "c"]), (0, []), (-1, [])]
)
def test_the_last_lines_are_kept(keep, left):
    made = log("a\nb\nc")
    made.trim(keep)
    assert made.lines == left


def test_a_view_sees_that_all_is_gone():
    made = log("a")
    view = made.lines
    made.trim(0)
    assert view == []
