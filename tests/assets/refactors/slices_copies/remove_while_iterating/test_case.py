import subject


def test_useless_values_are_removed():
    values = [1, 0, 2, None, 3]
    assert subject.prune(values) == 2
    assert values == [1, 2, 3]


def test_nothing_to_remove():
    values = ["a"]
    assert subject.prune(values) == 0
    assert values == ["a"]
    assert subject.prune([]) == 0


def test_what_is_useless_can_be_said():
    values = [1, 2, 3]
    assert subject.prune(values, useless=(2,)) == 1
    assert values == [1, 3]


def test_a_pruned_copy():
    values = ["", "a"]
    assert subject.pruned(values) == ["a"]
    assert values == ["", "a"]
