import subject


def test_what_is_false_is_left_out():
    assert subject.select([1, 0, None, "a"]) == [1, "a"]


def test_a_filter_is_asked_of_the_others_only():
    assert subject.select([3, None, 4], lambda value: value % 2 == 0) == [4]


def test_the_filter_has_a_name():
    assert subject.select([], filter=bool) == []
