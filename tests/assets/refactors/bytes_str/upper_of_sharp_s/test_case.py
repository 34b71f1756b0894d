import pytest

import subject


@pytest.mark.parametrize(
    ("left", "right", "same"), [("Ada", "ADA", True), (" a  b", "A B ", True), ("a", "b", False), ("Straße", "STRASSE", True)]
)
def test_names_that_are_the_same(left, right, same):
    assert subject.same(left, right) is same


def test_groups():
    assert subject.group(["A", "b", "a"]) == [["A", "a"], ["b"]]
