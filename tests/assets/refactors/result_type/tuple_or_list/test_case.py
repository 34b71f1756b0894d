import subject


def test_sentences_are_grouped():
    assert subject.group(["a b", "c", "B a"]) == [["a b", "B a"], ["c"]]
    assert subject.group([]) == []
