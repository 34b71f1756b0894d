import pytest

import subject


@pytest.mark.parametrize(("text", "number"), [("1", 100), ("0,5", 50), ("1.15", 115), ("19.99", 1999), ("-2.5", -250)])
def test_prices_are_read(text, number):
    assert subject.cents(text) == number


def test_nan_is_no_price():
    with pytest.raises(ValueError):
        subject.cents("nan")


def test_prices_are_written():
    assert subject.price(1999) == "19.99"
    assert subject.price(5) == "0.05"
