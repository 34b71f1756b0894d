import pytest

import subject


@pytest.mark.parametrize(("number", "steps"), [(0, 0), (1, 1), (2, 2), (3, 3), (8, 4), (14, 6)])
def test_steps(number, steps):
    assert subject.steps(number) == steps


def test_numbers_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        subject.steps(-1)


def test_the_hardest():
    assert subject.hardest([8, 14, 2]) == 14
