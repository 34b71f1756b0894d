from datetime import date

import pytest

import subject


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2024, 1, 15), date(2024, 2, 15)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2023, 12, 31), date(2024, 1, 31)),
        (date(2024, 4, 30), date(2024, 5, 30)),
        (date(2024, 11, 1), date(2024, 12, 1)),
    ],
)
def test_the_next_month(day, after):
    assert subject.next_month(day) == after


def test_bills():
    assert subject.bills(date(2024, 5, 1), 2) == [date(2024, 5, 1), date(2024, 6, 1)]
