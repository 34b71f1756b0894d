import subject


def test_the_first_true_value():
    assert subject.first_true([0, "", "a", "b"]) == "a"
    assert subject.first_true(iter([None, 3])) == 3


def test_a_default():
    assert subject.first_true([]) is None
    assert subject.first_true([0], "none") == "none"


def test_titles():
    assert subject.title("", "my book") == "My Book"
    assert subject.title() == "Untitled"
