"""What is known of ruff's codes before a repository is looked at."""

from __future__ import annotations

import pytest

from reviewers.finding import Severity
from reviewers.tools.ruff_rules import CHOSEN, TYPICAL, read, worth


def test_a_code_that_was_never_read_is_judged_by_its_kind() -> None:
    unread = {
        severity: {worth(code) for code, chosen in CHOSEN.items() if chosen.severity is severity and not read(code)[1]}
        for severity in Severity
    }
    assert all(len(shares) <= 1 for shares in unread.values())
    assert max(unread[Severity.INFO]) < TYPICAL < min(unread[Severity.HIGH])


def test_reading_moves_a_code_away_from_its_kind_but_never_all_the_way() -> None:
    right, total = read("B905")
    assert right == 0
    assert total > 0
    assert 0 < worth("B905") < worth("ASYNC230") < TYPICAL
    right, total = read("F523")
    assert right == total
    assert TYPICAL < worth("F523") < 1


@pytest.mark.parametrize("code", CHOSEN)
def test_no_more_findings_were_worth_it_than_were_read(code: str) -> None:
    right, total = read(code)
    assert 0 <= right <= total
    assert 0 < worth(code) < 1


def test_what_is_not_a_chosen_code_is_typical() -> None:
    assert worth("close-resources") == TYPICAL
    assert read("close-resources") == (0, 0)
