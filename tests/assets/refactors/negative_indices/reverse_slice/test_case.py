import pytest

import subject


@pytest.mark.parametrize(("values", "found"), [("abcde", "eca"), ("abcd", "db"), ("", ""), ([1], [1])])
def test_every_second(values, found):
    assert subject.every_second(values) == found


def test_mirrors():
    assert subject.is_mirror("abba")
    assert not subject.is_mirror([1, 2])
