import subject


def test_a_table():
    assert subject.table(["a", "b"], [1, 2], [3, 4]) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert subject.table(["a"]) == []
    assert subject.table([], []) == [{}]


def test_widths():
    assert subject.widths(["id", "name"], [(1, "Ada"), (100, "Bo")]) == [3, 4]
    assert subject.widths(["id"], []) == [2]
