import pytest

import subject


@pytest.mark.parametrize(("text", "page"), [("a", "<p>a</p>"), ("a<b", "<p>a&lt;b</p>"), ("&<", "<p>&amp;&lt;</p>"), ("", "<p></p>")])
def test_a_page(text, page):
    assert subject.Page().render(text) == page


def test_a_plain_page():
    assert subject.Plain().render("a&b") == "a&amp;b"


def test_text_is_escaped():
    assert subject.Page().escape("&lt;") == "&amp;lt;"
