import pytest

import subject


@pytest.mark.parametrize(
    ("left", "right", "same"), [("a", "b", True), ("", "", True), ("é", "ab", True), ("é", "a", False), ("abc", "ab", False)]
)
def test_the_same_size(left, right, same):
    assert subject.same_size(left, right) is same


def test_each_size_once():
    assert subject.sizes(["a", "bb", "c"]) == [1, 2]
