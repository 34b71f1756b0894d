"""What a change of a file is said to touch."""

from __future__ import annotations

import pytest

from nova.proof.changed import Changed, changed_lines, code_lines, enclosing, unit_of, units


def changed(old: set[int], new: set[int], beside_old: set[int] | None = None, beside_new: set[int] | None = None) -> Changed:  # fmt: skip
    return Changed(frozenset(old), frozenset(new), frozenset(beside_old or ()), frozenset(beside_new or ()))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 4\nc = 3\n", changed({2}, {2})),
        ("a = 1\nc = 3\n", "a = 1\nb = 2\nc = 3\n", changed({1, 2}, {2}, {1, 2})),
        ("a = 1\nb = 2\nc = 3\n", "a = 1\nc = 3\n", changed({2}, {1, 2}, set(), {1, 2})),
        ("a = 1  # x\n# one\nb = 2\n", "a = 1  # x\n# two\nb = 2\n", changed(set(), set())),
        ('def f():\n    """One."""\n    return 1\n', 'def f():\n    """Two."""\n    return 1\n', changed(set(), set())),
        ("", "a = 1\n", changed(set(), {1})),
        ("a = 1\n", "", changed({1}, set())),
    ],
)
def test_the_lines_that_differ_are_told_and_what_stands_for_none(before: str, after: str, expected: Changed) -> None:
    assert changed_lines(before, after) == expected


def test_lines_are_counted_as_the_parser_counts_them() -> None:
    before = "a = '\x0c\u2028'\r\nb = 1\r\n"
    assert changed_lines(before, before.replace("b = 1", "b = 2")) == changed({2}, {2})


def test_a_decorator_is_code() -> None:
    assert 1 in code_lines("@cached\ndef f():\n    return 1\n")


def test_a_line_in_a_string_is_code_even_where_it_looks_like_a_comment() -> None:
    assert code_lines('a = """\n# no comment\n\n"""\n') == {1, 2, 3, 4}


def test_what_does_nothing_is_no_code_unless_it_shares_its_line() -> None:
    assert code_lines("def f():\n    global a\n    'text'\n    'text'; a = 1\n") == {1, 4}


def test_the_innermost_statement_of_a_line_is_found_with_when_it_runs() -> None:
    text = "import os\n\n@x\ndef f(a=1):\n    try:\n        return g(\n            a,\n        )\n    except E:\n        pass\n\nclass C:\n    y = 1\n"
    found = units(text)

    def of(line: int) -> tuple[int, int, bool] | None:
        unit = unit_of(found, line)
        return (unit.start, unit.end, unit.at_import) if unit else None

    assert of(1) == (1, 1, True)
    assert of(2) is None
    assert of(3) == of(4) == (3, 10, True)
    assert of(5) == (5, 10, False)
    assert of(7) == (6, 8, False)
    assert of(9) == (9, 10, False)
    assert of(13) == (13, 13, True)


def test_a_case_is_a_place_of_its_own() -> None:
    unit = unit_of(
        units(
            "def f(x):\n    match x:\n        case 1:\n            return 2\n        case _:\n            return 3\n"
        ),
        5,
    )
    assert unit is not None
    assert (unit.start, unit.end, unit.at_import) == (5, 6, False)


def test_functions_are_named_as_python_names_them() -> None:
    text = "class A:\n    @property\n    def f(self):\n        def g(): return 1\n        return g\n\nx = 1\n"
    assert enclosing(text, frozenset({2, 4, 5, 7})) == ("A.f", "A.f.<locals>.g", "")


def test_the_inner_of_two_functions_on_one_line_is_named() -> None:
    assert enclosing("def f():\n    if x:\n        def g(): return 1\n", frozenset({3})) == ("f.<locals>.g",)
