import pytest

import subject


@pytest.mark.parametrize(
    ("text", "answer"), [("AB1", True), ("AB12", False), ("ab1", False), (" AB1", False), ("AB1\n", False), ("", False)]
)
def test_codes(text, answer):
    assert subject.is_code(text) is answer


def test_codes_in_a_text():
    assert subject.codes("AB1 x\nCD2\n") == ["AB1", "CD2"]
