import pytest

import subject


@pytest.mark.parametrize(("amount", "currency", "value"), [(3, "EUR", 6), (2, "USD", 8), (0, "EUR", 0), (1.5, "USD", 6.0)])
def test_amounts_are_converted(amount, currency, value):
    assert subject.convert(amount, currency) == value


def test_an_amount_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        subject.convert(-1, "EUR")


def test_an_unknown_currency():
    with pytest.raises(KeyError):
        subject.convert(1, "XXX")


def test_many_amounts():
    assert subject.convert_all([1, 2, 1], "USD") == [4, 8, 4]
