from io import StringIO

import subject


def test_rows_are_printed():
    out = StringIO()
    assert subject.show([(1, "a"), ("b",)], out) == 2
    assert out.getvalue() == "1 | a\nb\n"


def test_tables_are_printed():
    out = StringIO()
    assert subject.show_all([[(1,)], [], [(2,), (3,)]], out) == 3
    assert out.getvalue() == "1\n2\n3\n"


def test_standard_output():
    assert subject.show([]) == 0
