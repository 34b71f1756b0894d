import subject


def test_what_is_there_is_found():
    assert subject.at({"a": 1}, "a") == 1
    assert subject.dig({"a": [{"b": 2}]}, "a", 0, "b") == 2


def test_what_is_missing_is_the_default():
    assert subject.at({}, "a", 3) == 3
    assert subject.at([], 0, "none") == "none"
    assert subject.dig({"a": []}, "a", 1, default="-") == "-"
    assert subject.dig({}) == {}
    assert subject.LIMIT == 3600
