import pytest

import subject


@pytest.mark.parametrize(
    ("heading", "by", "after"), [(0, 90, 90), (350, 20, 10), (180, 180, 0), (90, -90, 0), (270, -45, 225)]
)
def test_turns(heading, by, after):
    assert subject.turn(heading, by) == after


def test_opposites():
    assert subject.opposite(10) == 190
    assert subject.opposite(270) == 90


@pytest.mark.parametrize(("heading", "name"), [(0, "N"), (44, "N"), (45, "E"), (180, "S"), (314, "W"), (315, "N")])
def test_names(heading, name):
    assert subject.name(heading) == name
