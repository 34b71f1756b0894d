import subject


def test_all_is_read():
    source = subject.Source(3, 5, 7)
    assert subject.read_all(source) == [3, 5, 7]
    assert source.take() is None


def test_nothing_is_read():
    assert subject.read_all(subject.Source()) == []


def test_reading_ends_at_none():
    assert subject.read_all(subject.Source("a", None, "b")) == ["a"]


def test_the_total():
    assert subject.total(subject.Source(1, 2)) == 3
