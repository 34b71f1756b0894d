from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nova.orchestrator.budget import Account, Spent, bounded, least
from nova.orchestrator.handoff import Budget


def test_what_is_left_is_the_least_of_all_above() -> None:
    total = Account(Budget(seconds=10.0, calls=5, tokens=100))
    child = Account(Budget(seconds=60.0, calls=3), total)
    assert child.left() == Budget(10.0, 3, 100, None)
    total.spend(seconds=8.0)
    assert child.left().seconds == 2.0


def test_what_a_child_spends_is_spent_above() -> None:
    total = Account(Budget(calls=5))
    child = Account(Budget(calls=3), Account(Budget(), total))
    child.spend(calls=2, tokens=7)
    assert total.used == Spent(calls=2, tokens=7)
    assert (child.left().calls, total.left().calls) == (1, 3)


def test_nothing_is_left_of_what_was_overspent() -> None:
    account = Account(Budget(tokens=5))
    account.spend(tokens=9)
    assert account.left().tokens == 0


def test_no_limit_is_no_limit() -> None:
    assert least(Budget(), Budget(calls=2), Budget(calls=1)) == Budget(calls=1)
    assert bounded(Budget(calls=1), Budget(seconds=9.0, calls=5)) == Budget(seconds=9.0, calls=1)


@given(st.lists(st.integers(0, 20), max_size=20), st.integers(0, 50), st.integers(0, 50))
def test_a_share_is_never_more_than_the_whole(spent: list[int], whole: int, share: int) -> None:
    total = Account(Budget(calls=whole))
    child = Account(Budget(calls=share), total)
    for calls in spent:
        child.spend(calls=min(calls, child.left().calls or 0))
    assert total.used.calls <= min(whole, share)
