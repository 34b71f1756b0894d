import pytest

import subject


@pytest.mark.parametrize(
    ("values", "answer"),
    [([], True), ([1], True), ([1, 1, 2], True), ([2, 1], False), ([1.0, subject.NAN, 0.0], True)],
)
def test_values_in_order(values, answer):
    assert subject.in_order(values) is answer


def test_known_values():
    assert subject.known([1, subject.NAN, 2]) == [1, 2]
