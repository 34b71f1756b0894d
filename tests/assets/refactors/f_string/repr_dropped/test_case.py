import pytest

import subject


def test_what_is_there_is_found():
    assert subject.find({"a": 1}, "a") == 1


@pytest.mark.parametrize("wanted", ["c d", 7, "it's"])
def test_what_is_not_there_is_quoted(wanted):
    with pytest.raises(subject.Unknown) as caught:
        subject.find({"b": 1, "a": 2}, wanted)
    assert subject.explain(caught.value) == f"Unknown: no name {wanted!r}; there are a, b"
