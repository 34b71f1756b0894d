from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from nova.report.characters import visible
from nova.report.screen import Piece, beside, glued, line_cells, paragraph, prose, shortened, text_of

STYLES = st.sampled_from(["plain", "code", "dim", "good", "bad"])
PIECES = st.lists(st.builds(Piece, st.text(st.sampled_from("ab é漢\u0301 "), max_size=60), STYLES), max_size=6)


@given(PIECES, st.integers(20, 100))
def test_no_line_is_wider_than_it_may_be(pieces: list[Piece], width: int) -> None:
    assert all(line_cells(line) <= width for line in paragraph(pieces, width, "    "))


@given(PIECES, st.integers(20, 100))
def test_wrapping_loses_no_word(pieces: list[Piece], width: int) -> None:
    text = "".join(piece.text for piece in pieces)
    wrapped = text_of(paragraph(pieces, width, "  "), color=False)
    assert "".join(wrapped.split()) == "".join(text.split())


@given(PIECES, st.integers(20, 100))
def test_colour_changes_no_word(pieces: list[Piece], width: int) -> None:
    lines = paragraph(pieces, width, "  ")
    painted = text_of(lines, color=True)
    bare = "\n".join(Text.from_ansi(line).plain.rstrip() for line in painted.split("\n"))
    assert bare == text_of(lines, color=False)


def test_a_place_is_never_broken_so_that_it_can_be_clicked() -> None:
    place = "a/" * 60 + "b.py:12"
    lines = paragraph([Piece(glued(place), "place"), Piece(" and more")], 40, "  ")
    assert text_of(lines, color=False) == f"  {place}\n  and more\n"


def test_what_is_glued_stays_on_one_line() -> None:
    words = text_of(paragraph([Piece("some words before "), Piece(glued("nova show 1"))], 24), color=False)
    assert words == "some words before\nnova show 1\n"


def test_what_stands_beside_ends_at_the_margin() -> None:
    lines = beside(paragraph([Piece("left")], 30), [Piece("right")], 30, "")
    assert text_of(lines, color=False) == "left" + " " * 21 + "right\n"
    lines = beside(paragraph([Piece("l" * 28)], 30), [Piece("right")], 30, "")
    assert text_of(lines, color=False) == "l" * 28 + "\n" + " " * 25 + "right\n"


def test_backticks_in_prose_make_code_only_in_pairs() -> None:
    assert prose("call `open()` twice") == (Piece("call "), Piece("`open()`", "code"), Piece(" twice"))
    for odd in ("one ` alone", "``two``", "plain"):
        assert "".join(piece.text for piece in prose(odd)) == odd
    assert [piece.style for piece in prose("a `b` c `d")] == ["plain", "code", "plain", "plain"]


@given(st.text(), st.integers(4, 40))
def test_a_text_is_cut_with_a_mark(text: str, most: int) -> None:
    short = shortened(text, most)
    shown = visible(text)
    assert line_cells((Piece(short),)) <= most
    assert short == shown or (short.endswith("…") and shown.startswith(short[:-1]))
