"""A share of answers, with how sure one can be of it, and words that claim no more than that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.beta import Beta
from nova.ledger.course import TAKEN
from nova.proposing.past import REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nova.proposing.past import Proposal

MASS = 0.95
WIDE = 0.4
"""An interval at least so wide tells too little to go by: seven votes of ten leave one of 0.5. A choice."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Nothing is assumed before the first answer: the prior is Beta(1, 1)."""

    taken: int
    answered: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The central interval that holds 95 % of the probability; None where nobody answered."""
        if not self.answered:
            return None
        return Beta(1 + self.taken, 1 + self.answered - self.taken).interval(MASS)

    @property
    def is_too_few(self) -> bool:
        """Whether the answers tell too little to go by."""
        told = self.interval
        return told is None or told[1] - told[0] >= WIDE

    def words(self, of: str = "") -> str:
        """The share in words. ``of`` says what was answered, such as ``answered proposals``."""
        told = self.interval
        if told is None:
            return f"no {of or 'answers'} yet, so nothing can be said"
        low, high = (round(100 * end) for end in told)
        what = f" {of}" if of else ""
        said = f"{self.taken} of {self.answered}{what} taken"
        span = f"95 % interval {low} to {high} %"
        return f"{said}; too few to say more: {span}" if self.is_too_few else f"{said}, {span}"


def standing(past: Iterable[Proposal]) -> Callable[[str], float]:
    """The share of a rule's proposals that people are expected to take: the mean after their answers so far."""
    taken, answered = Counter[str](), Counter[str]()
    for one in past:
        if one.stage in TAKEN or one.stage in REFUSED:
            answered[one.rule] += 1
            taken[one.rule] += one.stage in TAKEN
    return lambda rule: Beta(1 + taken[rule], 1 + answered[rule] - taken[rule]).mean
