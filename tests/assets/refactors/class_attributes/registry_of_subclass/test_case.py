import pytest

import subject


def test_a_reader_is_registered():
    @subject.Json.reader("number")
    def number(text):
        return int(text)

    assert subject.Json.read("number", "3") == 3
    assert number("4") == 4


def test_an_unknown_reader():
    with pytest.raises(KeyError):
        subject.Xml.read("nothing", "")


def test_a_format_takes_no_options():
    with pytest.raises(TypeError):

        class Odd(subject.Format, odd=True):
            pass


def test_a_format_of_ones_own():
    class Csv(subject.Format):
        pass

    Csv.reader("row")(str.split)
    assert Csv.read("row", "a b") == ["a", "b"]
