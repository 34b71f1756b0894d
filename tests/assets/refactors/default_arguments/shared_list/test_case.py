import subject


def test_a_value_alone_makes_a_list():
    assert subject.collect("a") == ["a"]


def test_a_list_is_added_to():
    mine = [1]
    assert subject.collect(2, mine) is mine
    assert mine == [1, 2]
    empty = []
    assert subject.collect(3, empty) is empty


def test_nothing_is_left_out():
    assert subject.collect_all([1, None, 0]) == [1, 0]
