import pytest

import subject


@pytest.mark.parametrize(("given", "held"), [(50, 50), (-1, 0), (200, 100), (0, 0), (100, 100)])
def test_a_level_is_held_within_bounds(given, held):
    level = subject.Level()
    level.value = given
    assert level.value == held


def test_a_level_starts_low():
    assert subject.Level().value == 0
    assert subject.Level.value.high == 100
