import subject


def test_the_first_lines():
    head, lines = subject.peek(["a", "b", "c"])
    assert head == ["a", "b"]
    assert list(lines) == ["a", "b", "c"]


def test_few_lines():
    head, lines = subject.peek(["a"], 5)
    assert head == list(lines) == ["a"]
    assert subject.has_header([]) == (False, [])


def test_headers():
    assert subject.has_header(["# title", "text"]) == (True, ["# title", "text"])
    assert subject.has_header(("text",)) == (False, ["text"])
