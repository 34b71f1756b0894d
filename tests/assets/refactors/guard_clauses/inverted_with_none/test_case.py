import pytest

import subject


@pytest.mark.parametrize(
    ("total", "express", "cost"),
    [(10, False, 5), (49, False, 5), (50, False, 0), (10, True, 12), (99, True, 12), (None, False, 0), (None, True, 0)],
)
def test_costs(total, express, cost):
    assert subject.shipping(total, express) == cost


def test_a_total_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        subject.shipping(-1)


def test_the_total_with_shipping():
    assert subject.with_shipping(20) == 25
    assert subject.with_shipping(80) == 80
