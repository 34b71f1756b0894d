"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from memory import days

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-05-03", "2026-05-03"), ("2026/05/03", "2026-05-03"), ("3 May 2026", "2026-05-03"),
        ("May 3, 2026", "2026-05-03"), ("May 3rd 2026", "2026-05-03"), ("Sunday, 3 May 2026", "2026-05-03"),
        ("Mon 2026-10-05", "2026-10-05"), ("5 October 2026", "2026-10-05"), ("Sept. 1, 2026", "2026-09-01"),
        ("[2026-10-05]", "2026-10-05"), ("yesterday", "2026-11-21"), ("Today", "2026-11-22"),
        ("May 3", "2026-05-03"), ("December 24", "2025-12-24"), ("29 February", "2024-02-29"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_in_which_it_is_written(text: str, told: str) -> None:
    found = days.day(text, TODAY)
    assert found is not None
    assert found.isoformat() == told


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-13-01", "03/05/2026", "May", "Friday", "may 3rd of course", "12345", "3 Foo 2026"]
)
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert days.day(text, TODAY) is None


def test_without_a_year_a_day_lies_ahead_only_where_that_is_asked_for() -> None:
    assert days.day("May 3", TODAY, ahead=True) == date(2027, 5, 3)
    assert days.day("November 22", TODAY, ahead=True) == TODAY
    assert days.day("May 3") is None


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("2026-10-05 staging moved", "2026-10-05", "staging moved"),
        ("2026-10-05: staging moved", "2026-10-05", "staging moved"),
        ("[2026-10-05] staging moved", "2026-10-05", "staging moved"),
        ("5 October 2026 - Retro", "2026-10-05", "Retro"),
        ("2026-10-05 – Retro", "2026-10-05", "Retro"),  # noqa: RUF001 - as people type it
    ],
)
def test_a_day_in_front_is_told_from_the_text(text: str, day: str, rest: str) -> None:
    found, left = days.leading(text)
    assert (found.isoformat() if found else None, left) == (day, rest)


@pytest.mark.parametrize("text", ["2026-10-05", "2026-10-05.md is a file", "May 3 we met", "[2026-10-05 x", "no day"])
def test_a_text_that_begins_with_no_day_of_its_own_stays_whole(text: str) -> None:
    assert days.leading(text) == (None, text)


@pytest.mark.parametrize(
    ("stem", "told"),
    [
        ("2026-10-05", "2026-10-05"), ("2026_10_05", "2026-10-05"), ("20261005", "2026-10-05"),
        ("2026-10-05 standup", "2026-10-05"), ("2026-10-051", None), ("notes 2026-10-05", None), ("99999999", None),
    ],
)  # fmt: skip
def test_the_name_of_a_daily_note_tells_its_day(stem: str, told: str | None) -> None:
    found = days.of_name(stem)
    assert (found.isoformat() if found else None) == told


def test_an_end_is_read_only_where_the_sentence_names_a_day() -> None:
    def until(text: str) -> date | None:
        return days.after(text, "until", TODAY, ahead=True)

    assert until("the freeze holds until May 3") == date(2027, 5, 3)
    assert until("the freeze holds until the 3rd of May 2027.") == date(2027, 5, 3)
    assert until("valid until 2026-12-31, then gone") == date(2026, 12, 31)
    assert until("wait until Friday") is None
    assert until("until 2026-12-311") is None
    assert until("until May") is None


def test_months_are_read_and_end_on_their_last_day() -> None:
    assert (days.month("2026-02"), days.month("October 2026"), days.month("2026-13")) == ("2026-02", "2026-10", None)
    assert (days.last_of("2026-02"), days.last_of("2024-02")) == ("2026-02-28", "2024-02-29")
