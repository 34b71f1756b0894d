import pytest

import subject


@pytest.mark.parametrize(
    ("value", "frozen"),
    [
        ({"b": 1, "a": [2]}, (("a", (2,)), ("b", 1))),
        ([1, (2, [3])], (1, (2, (3,)))),
        ("text", "text"),
        (None, None),
        ({}, ()),
    ],
)
def test_frozen_values(value, frozen):
    assert subject.freeze(value) == frozen


def test_distinct_values():
    assert subject.distinct([{"a": 1}, {"a": 1}, [1], (1,)]) == 2
