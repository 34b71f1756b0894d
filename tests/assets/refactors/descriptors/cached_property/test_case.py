import pytest

import subject


def test_the_total_follows_the_basket():
    basket = subject.Basket([50])
    assert basket.total == 50
    assert basket.discount == 0
    basket.add(60)
    assert basket.total == 110
    assert basket.discount == 11


def test_a_price_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        subject.Basket().add(-1)
