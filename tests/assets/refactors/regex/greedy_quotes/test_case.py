import subject


def test_what_is_quoted():
    assert subject.quoted('say "hello" now') == ["hello"]
    assert subject.quoted("nothing") == []
    assert subject.quoted('""') == [""]
    assert subject.quoted('one " only') == []


def test_what_is_not():
    assert subject.unquoted('say "hello" now') == "say now"


def test_values_in_their_places():
    assert subject.replace('x="a"', {"a": 1}) == "x=1"
