import pytest

import subject


def test_names_in_any_case():
    headers = subject.Headers()
    headers["Content-Type"] = " text/html "
    assert headers["content-type"] == "text/html"
    assert headers["CONTENT-TYPE"] == "text/html"
    assert "Content-type" in headers
    assert dict(headers) == {"content-type": "text/html"}
    with pytest.raises(KeyError):
        headers["Accept"]


def test_set_again():
    headers = subject.Headers([("host", "a.org"), ("accept", "*/*")])
    headers["HOST"] = "b.org"
    assert len(headers) == 2
    assert headers["Host"] == "b.org"
    assert headers["Accept"] == "*/*"


def test_parse():
    headers = subject.parse("host:example.org:80\nage:3\n\n")
    assert headers["Host"] == "example.org:80"
    assert "AGE" in headers
    assert "Accept" not in headers
    assert subject.parse("") == {}
