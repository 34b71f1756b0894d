import subject


def test_names_are_merged():
    assert subject.merge(["cd", "ab"], [], ["ab"]) == ["ab", "cd"]
    assert subject.merge() == []


def test_how_many():
    assert subject.count(["ab"], ["c", "ab"]) == 2
