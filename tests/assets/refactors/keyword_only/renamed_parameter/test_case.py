import subject


def test_lines_are_found():
    assert subject.search(["a", "b", "ab"], "a") == ["a", "ab"]
    assert subject.search(["A"], "a", ignore_case=True) == ["A"]


def test_lines_are_counted():
    assert subject.count(["a", "A"], text="a") == 1
    assert subject.count(["a", "A"], text="A", ignore_case=True) == 2
