"""One budget for the whole tree of a turn: what is left for an agent is never more than what is left above it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

from nova.orchestrator.handoff import Budget

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used."""

    seconds: float = 0.0
    calls: int = 0
    tokens: int = 0
    money: float = 0.0


def least(*budgets: Budget) -> Budget:
    """The smallest of each kind; None where no one sets a limit."""
    return Budget(
        _least([b.seconds for b in budgets]),
        _least([b.calls for b in budgets]),
        _least([b.tokens for b in budgets]),
        _least([b.money for b in budgets]),
    )


def bounded(asked: Budget, most: Budget) -> Budget:
    """What was asked for, with the usual limit wherever none was named."""
    return Budget(
        most.seconds if asked.seconds is None else asked.seconds,
        most.calls if asked.calls is None else asked.calls,
        most.tokens if asked.tokens is None else asked.tokens,
        most.money if asked.money is None else asked.money,
    )


class Account:
    """A limit and what was used of it. What is spent here is spent in every account above, too."""

    def __init__(self, limit: Budget, above: Account | None = None) -> None:
        self.limit = limit
        self.above = above
        self.used = Spent()

    def left(self) -> Budget:
        """What may still be used: the least of here and above."""
        own = Budget(
            _rest(self.limit.seconds, self.used.seconds),
            _rest(self.limit.calls, self.used.calls),
            _rest(self.limit.tokens, self.used.tokens),
            _rest(self.limit.money, self.used.money),
        )
        return own if self.above is None else least(own, self.above.left())

    def spend(self, *, seconds: float = 0.0, calls: int = 0, tokens: int = 0, money: float = 0.0) -> None:
        """Count a use, here and above."""
        used = self.used
        self.used = Spent(used.seconds + seconds, used.calls + calls, used.tokens + tokens, used.money + money)
        if self.above is not None:
            self.above.spend(seconds=seconds, calls=calls, tokens=tokens, money=money)


def _least(amounts: list[N | None]) -> N | None:
    return min((a for a in amounts if a is not None), default=None)


def _rest(limit: N | None, used: N) -> N | None:
    return None if limit is None else max(limit - used, type(limit)(0))


def amount_of(told: object) -> float:
    """What was used; without end where what was told is no amount."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < math.inf:
        return math.inf
    return told


def at_most(amount: float, left: float | None) -> float:
    """As much of an amount as is left; without a limit an endless one counts as nothing."""
    if left is not None:
        return min(amount, left)
    return 0 if amount == math.inf else amount
