import subject


def test_text_is_shown():
    assert subject.clean(b"ready\0\0") == "ready"
    assert subject.clean("grün".encode()) == "grün"
    assert subject.clean(b"") == ""


def test_lines():
    assert subject.lines(b"a \r\n\n b\n") == ["a", " b"]
    assert subject.lines(b"\0") == []
