import pytest

import subject


def test_descriptions():
    assert subject.connect("a") == "a:80"
    assert subject.connect("a", port=1, timeout=0) == "a:1 (0 s)"
    assert subject.connect_all(["a", "b"], port=2) == ["a:2", "b:2"]


def test_unknown_options_are_an_error():
    with pytest.raises(TypeError):
        subject.connect("a", tiemout=3)
