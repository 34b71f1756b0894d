import subject


def test_double():
    assert subject.double(2) == 4
