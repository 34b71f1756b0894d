import subject


def test_digits_are_picked():
    assert subject.digits(b"a1b2") == b"12"
    assert subject.digits(b"") == b""
    assert subject.digits("²3".encode("latin-1")) == b"3"


def test_a_number():
    assert subject.number(b"no. 07") == 7
    assert subject.number(b"none") is None
