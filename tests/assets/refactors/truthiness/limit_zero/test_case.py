import pytest

import subject


def test_a_page_has_at_most_the_limit():
    assert subject.page(range(100), limit=3) == [0, 1, 2]
    assert subject.page(range(100), offset=98, limit=3) == [98, 99]


def test_fifty_without_a_limit():
    assert subject.page(range(100)) == list(range(50))


@pytest.mark.parametrize("wrong", [{"limit": -1}, {"offset": -2}])
def test_negative_numbers_are_refused(wrong):
    with pytest.raises(ValueError):
        subject.page([], **wrong)
