import subject


def test_slugs():
    assert subject.slug("A a b") == "a-b"
    assert subject.slugs(["", "x"]) == ["x"]
