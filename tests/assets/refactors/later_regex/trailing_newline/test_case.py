import pytest

import subject


@pytest.mark.parametrize("name", ["a.png", "cat_2.jpg", "x-y-z.png", "a" * 36 + ".png"])
def test_safe(name):
    assert subject.is_safe(name) is True


@pytest.mark.parametrize(
    "name",
    ["", ".png", "A.png", "a.gif", "a.png.exe", "../a.png", "a b.png", "a.png ", "\na.png", "b/a.png", "a" * 37 + ".png"],
)
def test_not_safe(name):
    assert subject.is_safe(name) is False


def test_store():
    files = {}
    assert subject.store(files, "a.png", b"1") == "/files/a.png"
    with pytest.raises(ValueError):
        subject.store(files, "../etc/passwd", b"2")
    assert files == {"a.png": b"1"}
