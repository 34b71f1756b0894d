import subject


def broken():
    raise ValueError("broken")


def test_whether_it_worked():
    assert subject.attempt(list) is True
    assert subject.attempt(broken) is False


def test_the_first_that_works():
    assert subject.first_that_works([broken, broken, dict]) == 2
    assert subject.first_that_works([broken]) is None
    assert subject.first_that_works([]) is None
