import pytest

import subject


def test_a_message_is_stamped():
    assert subject.stamp("boot") == "[00000] boot"


def test_a_time_may_be_given():
    assert subject.stamp("late", at=42) == "[00042] late"
    assert subject.stamp("zero", 0) == "[00000] zero"


def test_a_clock_moves_on():
    clock = subject.Clock()
    clock.move(3)
    clock.move(4)
    assert clock.now == 7
    with pytest.raises(ValueError):
        clock.move(-1)
