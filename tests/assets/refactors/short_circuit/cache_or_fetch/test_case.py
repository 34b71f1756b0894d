import subject


def test_the_source_is_asked_once_for_a_name():
    asked = []
    store = subject.Store(lambda name: asked.append(name) or name.upper())
    assert [store.get("a"), store.get("b"), store.get("a")] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_nothing_is_a_value_too():
    asked = []
    store = subject.Store(asked.append)
    assert store.get("a") is None
    assert store.get("a") is None
    assert asked == ["a"]
