"""The Beta distribution, against values that are known."""

from __future__ import annotations

import math

import pytest

from memory.beta import Beta


@pytest.mark.parametrize(
    ("a", "b", "share", "wanted"),
    [
        (1, 1, 0.3, 0.3),
        (2, 1, 0.5, 0.25),
        (1, 3, 0.2, 1 - 0.8**3),
        (2, 3, 0.4, 0.5248),
        (0.5, 0.5, 0.25, 2 / math.pi * math.asin(0.5)),
        (30, 70, 0.3, sum(math.comb(99, k) * 0.3**k * 0.7 ** (99 - k) for k in range(30, 100))),
        (3, 2, 0.0, 0.0),
        (3, 2, 1.0, 1.0),
    ],
)
def test_the_probability_below_a_share(a: float, b: float, share: float, wanted: float) -> None:
    assert Beta(a, b).below(share) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [(0.02, 3.98), (0.6, 7.4), (1, 1), (50, 2), (400, 600)])
def test_a_quantile_is_the_other_way_round(a: float, b: float) -> None:
    one = Beta(a, b)
    low, high = one.interval(0.9)
    assert 0 <= low < one.mean < high <= 1
    assert one.below(high) == pytest.approx(0.95, abs=1e-4)


def test_the_mean_is_the_share_of_votes_for() -> None:
    assert Beta(3, 9).mean == 0.25


def test_votes_against_make_a_low_share_more_probable() -> None:
    chances = [Beta(0.6, 3.4 + votes).below(0.2) for votes in range(12)]
    assert chances == sorted(chances)
    assert chances[0] < 0.8
    assert chances[4] > 0.9
