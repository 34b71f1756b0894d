import subject


def test_missing_keys_are_filled():
    assert subject.fill({"a": 1}, {"a": 9, "b": 2}) == {"a": 1, "b": 2}


def test_false_values_are_values():
    assert subject.fill({"a": 0, "b": ""}, {"a": 1, "b": "x"}) == {"a": 0, "b": ""}


def test_the_record_itself_is_filled():
    record = {}
    assert subject.fill(record, {"a": 1}) is record


def test_gaps():
    assert subject.gaps({"a": None, "b": 0}, {"a": 1, "b": 1, "c": 1}) == ["a", "c"]
