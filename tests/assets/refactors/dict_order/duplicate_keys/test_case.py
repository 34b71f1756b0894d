import subject


def test_an_index():
    assert subject.index([("a", 1), ("b", 2)]) == {"a": 1, "b": 2}
    assert subject.index([]) == subject.EMPTY


def test_the_last_value_of_a_key():
    assert subject.index([("a", 1), ("a", 2)]) == {"a": 2}


def test_the_inverse():
    assert subject.inverse([("a", 1), ("b", 1), ("c", 2)]) == {1: ["a", "b"], 2: ["c"]}
