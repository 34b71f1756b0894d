import pytest

import subject


@pytest.mark.parametrize(
    "cents, quantity, member, expected",
    [
        (500, 2, False, 1000),
        (500, 9, False, 4500),
        (500, 10, False, 4750),
        (333, 11, False, 3480),
        (500, 3, True, 1500),
        (500, 4, True, 1900),
        (1999, 1, True, 1999),
        (100, 20, True, 1900),
    ],
)
def test_price(cents, quantity, member, expected):
    assert subject.price(cents, quantity, member) == expected


def test_receipt():
    lines = [("nut", 5, 100), ("saw", 2500, 1)]
    assert subject.receipt(lines) == ["100 x nut: 4.75", "1 x saw: 25.00", "Sum: 29.75"]
    assert subject.receipt(lines, member=True) == ["100 x nut: 4.75", "1 x saw: 24.00", "Sum: 28.75"]
    assert subject.receipt([]) == ["Sum: 0.00"]
