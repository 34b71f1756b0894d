import pytest

import subject


@pytest.mark.parametrize(
    ("reading", "word"), [(2, "fine"), (8, "fine"), (5, "fine"), (1.9, "alarm"), (8.1, "alarm"), (-4, "alarm")]
)
def test_the_alarm(reading, word):
    assert subject.alarm(subject.Thermometer(reading)) == word


def test_bounds_can_be_given():
    assert subject.alarm(subject.Thermometer(20), 18, 24) == "fine"


def test_readings_come_in_turn():
    thermometer = subject.Thermometer(1, 2, 3)
    assert [thermometer.read() for _ in range(4)] == [1, 2, 3, 3]
