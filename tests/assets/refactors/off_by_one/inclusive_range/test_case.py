import pytest

import subject


def test_years_of_a_period():
    assert subject.years(1999, 2001) == [1999, 2000, 2001]
    assert subject.years(5, 4) == []


@pytest.mark.parametrize(("year", "leap"), [(2000, True), (1900, False), (2024, True), (2023, False)])
def test_leap_years(year, leap):
    assert subject.leap(year) is leap


def test_days():
    assert subject.days(2023, 2024) == 731
