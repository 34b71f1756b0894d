import pytest

import subject


@pytest.mark.parametrize(
    ("items", "size", "pages"), [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (10**17 + 1, 1, 10**17 + 1)]
)
def test_pages(items, size, pages):
    assert subject.pages(items, size) == pages


def test_a_page_holds_something():
    with pytest.raises(ValueError):
        subject.pages(3, 0)


def test_the_last_page():
    assert subject.last_page(11, 10) == 1
    assert subject.last_page(10, 10) == 10
    assert subject.last_page(0, 10) == 0
