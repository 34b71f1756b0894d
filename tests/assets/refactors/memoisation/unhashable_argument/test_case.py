import subject


def test_totals():
    assert subject.total(3) == 3
    assert subject.total((1, (2, 3))) == 6
    assert subject.total([1, [2, 3]]) == 6


def test_means():
    assert subject.mean((1, 2)) == 1.5
    assert subject.mean(()) == 0.0
