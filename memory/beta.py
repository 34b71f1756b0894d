"""The Beta distribution: what is known of a share after some votes, in pure Python."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = 200
"""More terms than the continued fraction needs for any number of votes that people give."""
PRECISION = 1e-12
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Beta:
    """What is known of a share: Beta(``a``, ``b``), both above 0.

    It is the posterior of a share after Bernoulli votes, where the prior is one too: ``a`` and ``b`` are the votes for
    and against, those that the prior counts for included (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4).
    """

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The expected share."""
        return self.a / (self.a + self.b)

    def below(self, share: float) -> float:
        """The probability that the share is below this one.

        The regularised incomplete beta function by its continued fraction, evaluated after Lentz (DLMF 8.17.22; Press
        et al., Numerical Recipes, 3rd ed., 6.4).
        """
        if share <= 0:
            return 0.0
        if share >= 1:
            return 1.0
        a, b = self.a, self.b
        log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(share) + b * math.log1p(-share)
        if share < (a + 1) / (a + b + 2):
            return math.exp(log) * _fraction(a, b, share) / a
        return 1 - math.exp(log) * _fraction(b, a, 1 - share) / b

    def quantile(self, probability: float) -> float:
        """The share that the true one is below with this probability, to six digits."""
        low, high = 0.0, 1.0
        while high - low > 1e-7:
            middle = (low + high) / 2
            if self.below(middle) < probability:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def interval(self, mass: float = 0.9) -> tuple[float, float]:
        """The central interval that holds so much of the probability."""
        return self.quantile((1 - mass) / 2), self.quantile((1 + mass) / 2)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, _kept(1 - (a + b) * x / (a + 1))
    d = 1 / d
    value = d
    for m in range(1, STEPS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _kept(1 + factor * d)
            c = _kept(1 + factor / c)
            value *= c * d
        if abs(c * d - 1) < PRECISION:
            break
    return value


def _kept(number: float) -> float:
    """The number, or a tiny one in place of zero, which would end the recurrence."""
    return number if abs(number) > TINY else TINY
