import subject


def test_only_allowed_names_are_kept_in_their_order():
    assert subject.keep(["b", "x", "A", "b"], ["a", "B"]) == ["b", "A", "b"]


def test_texts_are_taken_apart():
    assert subject.parse("a, b;c") == ["a", "b", "c"]
    assert subject.keep_text("x; B,a", ["A", "b"]) == "B a"
