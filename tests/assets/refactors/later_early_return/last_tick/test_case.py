import subject


def test_burst():
    bucket = subject.Bucket(rate=1, size=2)
    assert [bucket.allow(0.0) for _ in range(3)] == [True, True, False]
    assert bucket.tokens == 0


def test_fills_again():
    bucket = subject.Bucket(rate=0.5, size=2)
    assert bucket.allow(0.0) and bucket.allow(0.0)
    assert not bucket.allow(1.0)
    assert bucket.allow(2.0)
    assert not bucket.allow(3.0)
    assert bucket.allow(4.0)
    assert not bucket.allow(4.5)


def test_not_above_its_size():
    bucket = subject.Bucket(rate=1, size=2)
    assert bucket.allow(0.0) and bucket.allow(0.0)
    assert [bucket.allow(60.0) for _ in range(3)] == [True, True, False]


def test_allowed():
    assert subject.allowed([0.0, 0.0, 0.0, 1.0, 1.5, 2.0], rate=1, size=2) == [0.0, 0.0, 1.0, 2.0]
    assert subject.allowed([], rate=1, size=1) == []
