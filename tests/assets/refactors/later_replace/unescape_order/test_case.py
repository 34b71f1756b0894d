import pytest

import subject


@pytest.mark.parametrize(
    "text, plain",
    [
        ("a &lt; b", "a < b"),
        ("a &gt; b &gt; c", "a > b > c"),
        ("&quot;hi&quot;", '"hi"'),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("&lt;&amp;&gt;", "<&>"),
        ("R&D & co", "R&D & co"),
        ("&nbsp;", "&nbsp;"),
        ("", ""),
    ],
)
def test_unescape(text, plain):
    assert subject.unescape(text) == plain


def test_attributes():
    found = subject.attributes('title="&quot;A&quot; &amp; B" n="1" if="x &lt; 3"')
    assert found == {"title": '"A" & B', "n": "1", "if": "x < 3"}
