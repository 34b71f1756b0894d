import pytest

import subject


def test_a_text_is_published():
    shelf = {}
    assert subject.publish(shelf, "a", str.upper) == 1
    assert shelf == {"a": "A"}


def test_nothing_stays_after_an_error():
    shelf = {"b": "B"}

    def render(name):
        raise OSError(name)

    with pytest.raises(OSError):
        subject.publish(shelf, "a", render)
    assert shelf == {"b": "B"}
