import pytest

import subject


@pytest.mark.parametrize(
    ("crews", "answer"), [([3], True), ([2], False), ([3, 4], True), ([3, 2], False), ([2, 3], False), ([0, 0], False)]
)
def test_a_fleet_is_ready_when_all_ships_are(crews, answer):
    ships = [subject.Ship(f"ship {crew}", crew) for crew in crews]
    assert subject.ready(ships) is answer
    assert subject.report(ships) == ("ready" if answer else "not ready")
