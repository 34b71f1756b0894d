import subject


def test_paths():
    assert subject.paths({"a": {"b": {}, "c": {}}}) == [("a", "b"), ("a", "c")]
    assert subject.paths({"x": {}}) == [("x",)]
    assert subject.paths({}) == [()]


def test_the_same_again():
    tree = {"a": {}, "b": {"c": {}}}
    assert subject.paths(tree) == subject.paths(tree)


def test_a_prefix():
    assert subject.paths({"b": {}}, ("a",)) == [("a", "b")]


def test_the_longest():
    assert subject.longest({"a": {}, "b": {"c": {}}}) == ("b", "c")
