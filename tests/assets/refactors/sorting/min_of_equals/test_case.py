import pytest

import subject


def test_the_cheapest():
    assert subject.cheapest([("a", 3), ("b", 1), ("c", 2)]) == "b"
    assert subject.cheapest(iter([("a", 3)])) == "a"


def test_the_first_of_equals():
    assert subject.cheapest([("a", 1), ("b", 1)]) == "a"


def test_no_offers():
    with pytest.raises(LookupError, match="no offers"):
        subject.cheapest([])


def test_within_a_budget():
    assert subject.within([("a", 1), ("b", 2), ("c", 3)], 2) == ["a", "b"]
