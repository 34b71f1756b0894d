from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.report.characters import cells, encodable, sentence, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 漢字", "plain é 漢字"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\r\n\tb", "a\\r\\n\\tb"),
        ("caf\udce9", "caf\\xe9"),
        ("\ud800", "\\ud800"),
        ("\u202eevil", "\\u202eevil"),
        ("a\u200bb", "a\\u200bb"),
        ("a\xa0b", "a\\u00a0b"),
        ("\x9b31m", "\\u009b31m"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_visible_text_is_one_line_that_any_terminal_shows(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert visible(shown) == shown
    assert len(shown.splitlines()) <= 1


@given(ANY_TEXT)
def test_encodable_text_can_be_written_and_loses_nothing_else(text: str) -> None:
    written = encodable(text)
    written.encode()
    if not any("\ud800" <= c <= "\udfff" for c in text):
        assert written == text


def test_a_sentence_is_one_line() -> None:
    assert sentence("  two\n lines\tof \x07text\u2028 ") == "two lines of \\x07text"


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("漢字", 4), ("e\u0301", 1), ("\uff41", 2), ("é", 1), ("🚀", 2)]
)
def test_cells_are_counted_as_a_terminal_shows_them(text: str, columns: int) -> None:
    assert cells(text) == columns
