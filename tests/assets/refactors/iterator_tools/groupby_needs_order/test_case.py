import subject


def test_words_are_grouped():
    assert subject.by_letter(["apple", "ant", "bee"]) == {"a": ["ant", "apple"], "b": ["bee"]}
    assert subject.by_letter([]) == {}


def test_words_of_one_group():
    assert subject.by_letter(["b", "ba", "a"]) == {"a": ["a"], "b": ["b", "ba"]}


def test_the_largest_group():
    assert subject.largest(["x", "ya", "yb"]) == "y"
    assert subject.largest([]) == ""
