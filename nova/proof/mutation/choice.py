"""Which of the mutants that can be made are made. Pure, and the same for the same text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.proof.mutation.draft import Draft

ORDER = (
    "return value changed", "condition always true", "condition always false", "condition negated",
    "statement deleted", "raise dropped", "loop skipped", "comprehension emptied", "assigned value changed",
    "yielded value changed",
    "yield from emptied", "augmented exchanged", "arithmetic", "comparison", "and for or",
    "comprehension condition dropped", "element dropped", "slice bound dropped",
    "method exchanged", "number changed", "string emptied", "f-string part", "handler narrowed", "exception exchanged",
    "break and continue", "return dropped", "not dropped", "sign dropped", "constant changed", "operand alone",
    "lambda emptied", "await dropped", "arguments exchanged", "argument dropped", "case skipped", "context skipped",
    "body skipped", "f-string format", "boundary", "identity", "wrapper dropped", "string filled", "handler widened",
    "decorator dropped", "base exchanged", "elements exchanged",
)  # fmt: skip
"""The operators, those first of which a survivor says most."""
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}


def in_turn(drafts: Sequence[tuple[int, Draft]]) -> Iterator[tuple[int, Draft]]:
    """Drafts with their lines, so that however many are taken, they are spread over lines and operators.

    The next is always one on a line that was taken least often, of an operator that was taken least often.
    """
    lines, kinds = Counter[int](), Counter[str]()
    spread = {line: rank for rank, line in enumerate(_spread(sorted({line for line, _ in drafts})))}
    left = list(drafts)
    while left:
        best = min(left, key=lambda d: (lines[d[0]], kinds[d[1].kind], spread[d[0]], _RANK[d[1].kind], d[1].start))
        left.remove(best)
        lines[best[0]] += 1
        kinds[best[1].kind] += 1
        yield best


def _spread(lines: list[int]) -> list[int]:
    """Lines in an order of which each beginning is spread over all: the first, the last, the middle, the quarters."""
    found: dict[int, None] = {}
    waiting = [(0, len(lines) - 1)] if lines else []
    for first, last in waiting:
        middle = (first + last) // 2
        found.update(dict.fromkeys((lines[first], lines[last], lines[middle])))
        if last - first > 2:
            waiting += [(first, middle), (middle, last)]
    return [*found, *(line for line in lines if line not in found)]
