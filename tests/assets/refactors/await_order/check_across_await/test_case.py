import asyncio

import pytest

import subject


@pytest.mark.parametrize(
    ("amount", "taken", "left"), [(30, True, 70), (100, True, 0), (101, False, 100), (0, False, 100), (-5, False, 100)]
)
def test_a_withdrawal(amount, taken, left):
    account = subject.Account(100)
    assert asyncio.run(account.withdraw(amount)) is taken
    assert account.balance == left


def test_one_withdrawal_after_the_other():
    account = subject.Account(100)

    async def twice():
        return [await account.withdraw(80), await account.withdraw(80)]

    assert asyncio.run(twice()) == [True, False]
