import subject


def test_build():
    assert list(subject.values(subject.build("abc"))) == ["a", "b", "c"]
    assert subject.build([]) is None


def test_reverse():
    first = subject.build([1, 2, 3])
    last = subject.reverse(first)
    assert list(subject.values(last)) == [3, 2, 1]
    assert first.after is None


def test_reverse_nothing():
    assert subject.reverse(None) is None
