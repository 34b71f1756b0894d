from io import StringIO

import subject


def test_read_head():
    stream = StringIO("Subject: Hello\nLength : 12\nX-Time: 10:30\n\nThe body: a\n")
    assert subject.read_head(stream) == {"subject": "Hello", "length": "12", "x-time": "10:30"}


def test_head_only():
    assert subject.read_head(StringIO("A: 1\nB:\n\n")) == {"a": "1", "b": ""}
    assert subject.read_head(StringIO("A: 1")) == {"a": "1"}
    assert subject.read_head(StringIO("")) == {}


def test_the_last_field_counts():
    assert subject.read_head(StringIO("A: 1\na: 2\n\nA: 3\n")) == {"a": "2"}


def test_body_size():
    assert subject.body_size(StringIO("Length: 5\n\nhello")) == 5
    assert subject.body_size(StringIO("Subject: x\n\nhello")) == 0
