from io import StringIO

import subject


def test_lines_are_read_and_the_stream_is_closed():
    stream = StringIO("a\nb")
    assert list(subject.lines(stream)) == ["a", "b"]
    assert stream.closed


def test_lines_are_counted():
    assert subject.count([StringIO("a\nb\n"), StringIO("")]) == 2
    assert subject.SIZE == 16
