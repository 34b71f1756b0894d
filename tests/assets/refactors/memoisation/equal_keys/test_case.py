import subject


def test_values_are_shown():
    assert subject.show_all(["a", 2]) == "str 'a', int 2"


def test_types_are_told_apart():
    assert subject.show_all([1, True, 1.0]) == "int 1, bool True, float 1.0"


def test_all_can_be_forgotten():
    subject.show(1)
    assert subject.forget() is None
    assert subject.show.cache_info().currsize == 0
