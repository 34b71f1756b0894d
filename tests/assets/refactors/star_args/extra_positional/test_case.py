import subject


def test_parts_are_joined():
    assert subject.path(["a/", "", "/b"]) == "a/b"
    assert subject.path([], root="r") == "r"


def test_many_paths():
    assert subject.paths([["a", "b"], ["c"]], root="x", separator=".") == ["x.a.b", "x.c"]
