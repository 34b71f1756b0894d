import subject


def test_rows():
    assert subject.read("a,b\nc") == [["a", "b"], ["c"]]
    assert subject.read("") == []


def test_line_ends_of_all_sorts():
    assert subject.read("a\r\nb\n") == [["a"], ["b"]]
    assert subject.read("a\n\nb", ";") == [["a"], [], ["b"]]


def test_a_column():
    assert subject.column("a,1\nb\nc,3", 1) == ["1", "3"]
