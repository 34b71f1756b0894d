"""When a piece of code counts as the same."""

from __future__ import annotations

import pytest

from nova.shape import cut, shape
from reviewers.finding import Span

SAME = [
    ("f(x, y)", "f( a,b )  # why"),
    ("zip(a, b)", "zip(\n    left,\n    right,\n)".replace(",\n)", "\n)")),
    ("def load(path, seen=[]):", "def load(place, known=[]):"),
    ("for x in range(months):", "for k in range(months):"),
    ("row.price + tax", "item.price + rate"),
    ("a == b", "c == d"),
]
OTHER = [
    ("f(x, x)", "f(a, b)"),
    ("run(c, shell=True)", "run(c, check=True)"),
    ("run(c, shell=True)", "run(c, shell=False)"),
    ("eval(x)", "exec(x)"),
    ("json.load(x)", "yaml.load(x)"),
    ("row.price", "row.name"),
    ("x = 1", "x = 2"),
    ("f('a')", "f('b')"),
    ('f"{x}"', 'f"{y}"'),
    ("import os", "import sys"),
    ("os", "sys"),
    ("a < b", "a > b"),
    ("not x", "x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_variables_and_layout_make_no_difference(one: str, other: str) -> None:
    assert shape(one) == shape(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_the_code_does_makes_one(one: str, other: str) -> None:
    assert shape(one) != shape(other)


def test_any_text_has_a_shape() -> None:
    assert len({shape(text) for text in ("", "'open", "((", "\0", "\N{SNOWMAN} = 'x", "x" * 100_000)}) > 3


def test_a_span_is_cut_out_of_its_lines() -> None:
    text = "a = zip(\n  b, c)\nd = 1\n"
    assert cut(text, Span(1, 5, 2, 8)) == "zip(\n  b, c)"
    assert cut(text, Span(3, 5, 3, 6)) == "1"
    assert cut(text, Span(9, 1, 9, 2)) == ""


def test_a_single_name_is_read_with_its_line() -> None:
    assert cut("for row in rows:\n    pass\n", Span(1, 5, 1, 8)) == "for row in rows:"
