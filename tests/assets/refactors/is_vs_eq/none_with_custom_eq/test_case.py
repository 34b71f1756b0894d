import subject


def test_a_missing_column():
    assert subject.is_missing(None)
    assert subject.is_missing(subject.Column([None])) is False
    assert subject.width(None) == 0


def test_a_column_has_a_width():
    assert subject.width(subject.Column([1, None])) == 2
    assert (subject.Column([1, 2]) == 2) == [False, True]
