import pytest

import subject


def test_charges_add_up():
    account = subject.Account(10)
    assert account.charge(4) == 4
    assert account.charge(6) == 10


def test_a_refused_charge_is_not_booked():
    account = subject.Account(10)
    account.charge(4)
    with pytest.raises(subject.LimitReached, match="only 6 is left, not 7"):
        account.charge(7)
    assert account.spent == 4
