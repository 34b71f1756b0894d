import pytest

import subject


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "00:00"), (59, "00:59"), (60, "01:00"), (1439, "23:59"), (1440, "00:00"), (1505, "01:05"), (-60, "23:00")],
)
def test_times_of_the_day(minutes, text):
    assert subject.clock(minutes) == text


@pytest.mark.parametrize(("minutes", "day"), [(0, 0), (1439, 0), (1440, 1), (-1, -1)])
def test_days(minutes, day):
    assert subject.day(minutes) == day
