import subject


def test_a_word_is_hidden():
    assert subject.hide("a secret") == "a ######"
    assert subject.hide("My SECRET") == "My ######"
    assert subject.hide("secretary") == "secretary"


def test_many_words_are_hidden():
    assert subject.hide_all("a b a a", ["a", "b"]) == "# # # #"
