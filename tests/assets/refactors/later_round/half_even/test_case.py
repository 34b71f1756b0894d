import pytest

import subject


def test_points():
    assert subject.points(10, "basic") == 5
    assert subject.points(10, "gold") == 15
    assert subject.points(0, "gold") == 0


def test_halves_are_rounded_up():
    assert subject.points(3, "basic") == 2
    assert subject.points(7, "basic") == 4
    assert subject.points(1, "gold") == 2
    assert subject.points(5, "gold") == 8


def test_other_fractions():
    assert subject.points(2.5, "basic") == 1
    assert subject.points(4.4, "gold") == 7
    with pytest.raises(KeyError):
        subject.points(1, "silver")


def test_statement():
    assert subject.statement("Ann", [(3, "basic"), (10, "gold")]) == "Ann: 17 points"
    assert subject.statement("Bob", []) == "Bob: 0 points"
