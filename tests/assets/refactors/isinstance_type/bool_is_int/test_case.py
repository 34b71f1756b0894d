import pytest

import subject


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "null"), (True, "true"), (False, "false"), (3, "3"), (2.5, "2.5"), ("a", '"a"'), ('say "x"', r'"say \"x\""')],
)
def test_values_as_text(value, text):
    assert subject.encode(value) == text


def test_other_values_are_refused():
    with pytest.raises(TypeError, match="bytes"):
        subject.encode(b"x")


def test_settings_as_text():
    assert subject.encode_all({"a": 7, "b": "x"}) == 'a = 7\nb = "x"'
