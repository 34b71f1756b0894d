import pytest

import subject


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ({}, "empty"),
        ({"r": 1}, "circle"),
        ({"w": 1, "h": 1}, "square"),
        ({"h": 1, "w": 2}, "box"),
        ({"w": 1}, "unknown"),
        ({"x": 1}, "unknown"),
    ],
)
def test_kinds(shape, kind):
    assert subject.kind(shape) == kind


def test_each_kind_once():
    assert subject.kinds([{"r": 1}, {"r": 2}, {}]) == ["circle", "empty"]
