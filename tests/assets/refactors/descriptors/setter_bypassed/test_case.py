import pytest

import subject


def test_observers_are_told_of_a_wish():
    told = []
    thermostat = subject.Thermostat()
    thermostat.observe(told.append)
    thermostat.wish = 22
    assert thermostat.wish == 22
    assert told == [22]


@pytest.mark.parametrize("degrees", [4, 31])
def test_a_wish_has_bounds(degrees):
    thermostat = subject.Thermostat()
    with pytest.raises(ValueError):
        thermostat.wish = degrees
    assert thermostat.wish == 20


@pytest.mark.parametrize("degrees", [5, 30])
def test_the_bounds_may_be_wished(degrees):
    thermostat = subject.Thermostat()
    thermostat.wish = degrees
    thermostat.reset()
    assert thermostat.wish == 20
