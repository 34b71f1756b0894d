import subject


PLAYERS = [("ada", 3), ("bob", 9), ("eve", 5), ("kim", 1)]


def test_the_most_points_come_first():
    assert [name for name, _ in subject.ranking(PLAYERS)] == ["bob", "eve", "ada", "kim"]
    assert subject.ranking([]) == []


def test_the_given_list_is_left_alone():
    players = list(PLAYERS)
    subject.ranking(players)
    assert players == PLAYERS


def test_medals():
    assert subject.medals(PLAYERS) == [("gold", "bob"), ("silver", "eve"), ("bronze", "ada")]
    assert subject.medals(PLAYERS[:1]) == [("gold", "ada")]
