import subject


def test_what_is_given_wins():
    assert subject.merge({"a": 1, "b": 2}, {"b": 3, "c": 4}) == {"a": 1, "b": 3, "c": 4}


def test_nothing_is_changed_in_place():
    defaults, given = {"a": 1}, {"a": 2}
    assert subject.merge(defaults, given) == {"a": 2}
    assert (defaults, given) == ({"a": 1}, {"a": 2})


def test_settings_are_shown():
    assert subject.show({"a": 1, "b": None}) == "a=1 b=None"
    assert subject.show(subject.merge({"x": 1}, {})) == "x=1"
