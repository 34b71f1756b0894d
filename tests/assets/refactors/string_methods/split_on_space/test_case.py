import subject


def test_words():
    assert subject.words("to be or not") == ["to", "be", "or", "not"]
    assert subject.words("") == []


def test_counts_do_not_mind_the_case():
    assert subject.count("To be or not to be") == {"to": 2, "be": 2, "or": 1, "not": 1}


def test_the_most_common_word():
    assert subject.most_common("a b b") == "b"
    assert subject.most_common("") is None
