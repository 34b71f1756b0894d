import pytest

import subject


@pytest.mark.parametrize(("wanted", "number"), [("x", 1), ("y", 2), ("z", 0), ("", 1)])
def test_where_text_is(wanted, number):
    assert subject.locate("x\ny\nxy", wanted) == number


def test_numbers_before_lines():
    assert subject.numbered("a\nb") == ["1 a", "2 b"]
    assert subject.numbered("\n" * 9)[0] == " 1 "
