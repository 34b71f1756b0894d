import pytest

import subject


@pytest.mark.parametrize(
    ("text", "counts"), [("banana", {"b": 1, "a": 3, "n": 2}), ("", {}), ("aa", {"a": 2}), ("cab", {"a": 1, "b": 1, "c": 1})]
)
def test_letters_are_counted(text, counts):
    assert subject.count(text) == counts


def test_counts_are_written_out():
    assert subject.runs("aabc") == "a2b1c1"
    assert subject.runs("") == ""
