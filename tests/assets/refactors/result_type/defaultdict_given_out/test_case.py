import subject


def test_words_are_grouped():
    assert subject.by_length(["a", "bb", "c"]) == {1: ["a", "c"], 2: ["bb"]}
    assert subject.by_length([]) == {}
    assert list(subject.by_length(["ccc", "a"])) == [3, 1]


def test_a_length_that_is_not_there():
    assert 9 not in subject.by_length(["a"])
    assert subject.by_length(["a"]).get(9) is None


def test_the_longest():
    assert subject.longest(["a", "bb", "cc"]) == ["bb", "cc"]
    assert subject.longest([]) == []
