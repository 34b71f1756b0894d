import subject


def test_each_path_answers_for_itself():
    table = subject.routes(["/a", "/b"])
    assert subject.answer(table, "/a", "x=1") == "/a?x=1"
    assert subject.answer(table, "/b") == "/b"


def test_an_unknown_path_is_not_found():
    assert subject.answer({}, "/") == "404"
