import subject


def test_the_first_empty_line_divides():
    assert subject.split(["A: 1", " ", "body", "", "end"]) == (["A: 1"], ["body", "", "end"])


def test_without_an_empty_line_all_is_header():
    assert subject.split(iter(["A: 1"])) == (["A: 1"], [])


def test_fields_of_a_header():
    assert subject.fields(["Host: here", "Empty:"]) == {"host": "here", "empty": ""}
