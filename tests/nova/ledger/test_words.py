"""The ledger in words, as a person reads it in a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nova.ledger.values import Reviews
from nova.ledger.words import text
from tests.nova.ledger.ledgers import empty, few, whole

if TYPE_CHECKING:
    from nova.ledger.values import Ledger

WIDE = 10_000


def line(ledger: Ledger, label: str) -> str:
    return next(row.strip() for row in text(ledger, WIDE).split("\n") if row.strip().startswith(label))


def test_an_empty_ledger_says_what_will_fill_it() -> None:
    said = text(empty(), 80)
    assert "Nothing was proposed here and nobody answered anything yet" in said
    for command in ("nova improve", "nova sync", "nova verdict"):
        assert command in said
    assert "there is no commit yet" in said
    assert "%" not in said


def test_few_answers_are_said_to_be_few() -> None:
    assert line(few(3, 1), "answers") == (
        "answers   3 of 4 answered proposals taken; too few to say more: 95 % interval 28 to 95 %"
    )
    assert "too few" not in text(few(30, 10), WIDE)


def test_every_count_is_said_with_where_it_is_from() -> None:
    said = text(whole(), WIDE)
    assert "counted from   /home/nova.duckdb: 3 reviews, 2026-11-20 to 2026-11-23" in said
    assert "measured from  main at 0123456789 of 2026-11-18, by today's rules" in said
    assert line(whole(), "proposed") == (
        "proposed  10: 3 local (1 merged by hand, 1 taken back), 1 open, 2 merged as they were, 1 merged after a"
        " change, 1 closed, 1 reverted, 1 closed by Nova as no longer true"
    )
    assert line(whole(), "waited") == (
        "waited    the median is 1.5 days from opening to the answer, 12 hours to 4 days (4 of 5 known)"
    )
    assert line(whole(), "verdicts") == (
        "verdicts  1 accept, 1 dismiss, 1 later; since the report of 2026-11-20: 1 later"
    )


def test_it_says_what_stayed_what_was_undone_and_what_is_not_known() -> None:
    said = text(whole(), WIDE)
    assert "nova/ret505-y  RET505, merged by hand: it stayed (1 of 1 lines stand, 0 of 1 finding back)" in said
    assert "#4  B904, reverted 2026-11-09: it was undone (0 of 1 lines stand, 1 of 1 finding back)" in said
    assert "#2  B904, merged after a change 2026-11-05: not measured up to today: it was not fetched" in said
    assert "load: complexity 3 -> 2 -> 2, lines 5 -> 4 -> 4" in said
    assert line(whole(), "kept") == (
        "kept      of the 3 newest merged: 1 stayed, 1 undone, 1 unknown; "
        "1 of the findings that they mended (2) are back"
    )
    assert "2 older merged proposals not measured" in said


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, text(whole(), width).split("\n"))) <= width


def test_nothing_of_the_code_steers_the_terminal() -> None:
    assert "\x1b" not in text(whole(), 80)
    assert "\\x1b[31m.py" in text(whole(), 80)


def test_without_a_review_it_is_not_known_what_was_found() -> None:
    bare = replace(few(1, 0), reviews=Reviews())
    assert line(bare, "found") == "found     not known: memory tells of no review"
    assert line(few(1, 0), "waited").startswith("waited    1 day from opening to the answer (1 of 1 known)")
    assert line(few(2, 0), "waited").endswith("the median is 1 day from opening to the answer, 1 day (2 of 2 known)")


def test_a_day_that_is_none_is_not_known() -> None:
    said = text(replace(whole(), since="some day", reviews=Reviews(2, "long ago", "2026-11-23T08:00:00Z")), WIDE)
    assert "2 reviews, ? to 2026-11-23" in said
    assert "since the report of ?: 1 later" in said
