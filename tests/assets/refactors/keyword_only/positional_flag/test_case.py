import subject


def test_a_text_is_saved():
    store = subject.Store()
    store.save("a", "text")
    assert store.texts == {"a": "text"}
