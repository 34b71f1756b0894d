"""Edits and fixes become new text."""

from __future__ import annotations

import pytest

from reviewers.finding import Edit, Span
from reviewers.mend import edited


def test_an_insertion_and_a_replacement_at_one_place_are_made_in_the_order_listed() -> None:
    edits = [Edit(Span(1, 1, 1, 1), "import a\n"), Edit(Span(1, 1, 1, 2), "y")]
    assert edited("x = 1\n", edits) == "import a\ny = 1\n"


def test_lines_are_counted_as_the_parser_counts_them() -> None:
    assert edited("a\x0c\r\nb\r\n", [Edit(Span(2, 1, 2, 2), "c")]) == "a\x0c\r\nc\r\n"


def test_an_edit_at_the_end_of_the_file_is_made() -> None:
    assert edited("a\n", [Edit(Span(2, 1, 2, 1), "b\n")]) == "a\nb\n"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        edited("abcdef\n", [Edit(Span(1, 1, 1, 4), "x"), Edit(Span(1, 3, 1, 5), "y")])
