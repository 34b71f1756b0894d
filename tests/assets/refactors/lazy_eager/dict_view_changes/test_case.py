import subject


def test_empty_keys_are_dropped():
    record = {"a": None, "b": 0, "c": None}
    assert subject.drop(record) == 2
    assert record == {"b": 0}


def test_many_records():
    assert subject.drop_all([{}, {"a": None}, {"a": 1}]) == 1
