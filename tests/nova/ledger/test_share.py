"""How sure one can be of a share, and the words for it."""

from __future__ import annotations

import pytest

from nova.ledger.share import Share, standing
from nova.proposing.past import Stage
from tests.nova.ledger.courses import stage


def test_nobody_answered_is_no_share() -> None:
    assert Share(0, 0).interval is None
    assert Share(0, 0).words("answered proposals") == "no answered proposals yet, so nothing can be said"


@pytest.mark.parametrize(
    ("taken", "answered", "low", "high"),
    [
        (0, 1, 1 - 0.975**0.5, 1 - 0.025**0.5),  # Beta(1, 2): the share below x is 1 - (1 - x)^2
        (1, 1, 0.025**0.5, 0.975**0.5),  # Beta(2, 1): it is x^2
        (3, 4, 0.2836, 0.9473),  # Beta(4, 2), by the tables of the binomial
    ],
)
def test_the_interval_holds_95_percent(taken: int, answered: int, low: float, high: float) -> None:
    assert Share(taken, answered).interval == pytest.approx((low, high), abs=1e-4)


def test_few_answers_are_called_few_and_many_are_not() -> None:
    few = Share(3, 4).words("answered proposals")
    assert few == "3 of 4 answered proposals taken; too few to say more: 95 % interval 28 to 95 %"
    assert Share(30, 40).words() == "30 of 40 taken, 95 % interval 60 to 86 %"


def test_a_rule_stands_by_its_own_answers_alone() -> None:
    past = [
        stage("p", Stage.CLOSED, "1", 1), stage("q", Stage.REVERTED, "2", 2), stage("r", Stage.STALE, "3", 3),
        stage("s", Stage.OPEN, "4", 4), stage("t", Stage.CHANGED, "5", 5, rule="E713"),
    ]  # fmt: skip
    share = standing(past)
    assert (share("B904"), share("E713"), share("F401")) == (1 / 4, 2 / 3, 1 / 2)
