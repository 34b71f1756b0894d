import subject


def test_members_join_once():
    team = subject.Team("ada")
    assert team.join("bob") is True
    assert team.join("ada") is False
    assert team.members() == ["ada", "bob"]


def test_the_list_is_the_callers():
    team = subject.Team("ada")
    team.members().clear()
    assert len(team) == 1
