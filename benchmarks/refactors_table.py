"""The figures of the refactors: by tests and by what the right twin is, those written later apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.refactors import Told

VERDICTS = ("proven", "tested", "unproven", "refuted")
LATER = "later_"
"""Kinds of this name were written when the rungs had been tuned on the others; the README tells of the first look."""


def table(found: Sequence[Told]) -> str:
    """What was said of wrong and right ones, the shares that have a goal, and each that missed it."""
    lines = [f"| refactors | cases | {' | '.join(VERDICTS)} |", "|---" * (2 + len(VERDICTS)) + "|"]
    for part, belongs in (("first", _first), ("later", _later), ("all", _all)):
        some = [t for t in found if belongs(t)]
        for twin in ("wrong", "right"):
            for tests in ("blind", "weak", "sighted"):
                for right_is in ("bytecode", "behaviour") if twin == "right" else ("",):
                    group = [
                        t for t in some if (t.twin, t.tests) == (twin, tests) and right_is in {"", t.right_is}
                    ]  # fmt: skip
                    if group:
                        name = ", ".join(filter(None, (part, twin, f"{tests} tests", right_is)))
                        seen = Counter(t.verdict for t in group)
                        lines.append(f"| {name} | {len(group)} | {' | '.join(str(seen[v]) for v in VERDICTS)} |")
        lines += _shares(part, some)
    return "\n".join([*lines, "", *_missed(found)]).rstrip()


def _shares(part: str, some: Sequence[Told]) -> list[str]:
    """The three figures that have a goal."""
    wrong = [t for t in some if t.twin == "wrong"]
    same = [t for t in some if t.twin == "right" and t.right_is == "bytecode"]
    other = [t for t in some if t.twin == "right" and t.right_is == "behaviour" and t.tests != "weak"]
    told = [
        ("wrong ones proven or tested", sum(t.verdict in {"proven", "tested"} for t in wrong), len(wrong)),
        ("right ones of identical code that are proven", sum(t.verdict == "proven" for t in same), len(same)),
        ("other right ones with good tests that are tested", sum(t.verdict == "tested" for t in other), len(other)),
    ]
    return [f"| **{part}: {what}** | {of} | **{count}** ({count / of:.0%}) | | | |" for what, count, of in told if of]


def _missed(found: Sequence[Told]) -> list[str]:
    """Wrong ones that passed with what let them pass, wrongly refuted ones, and right ones that fell short."""
    lines = []
    for t in sorted(found, key=lambda t: (t.twin != "wrong", t.case)):
        if t.twin == "wrong" and t.verdict in {"proven", "tested"}:
            lines.append(f"- WRONG AND {t.verdict.upper()}: {t.case} ({t.tests} tests): {t.why}")
        elif t.twin == "right" and t.verdict == "refuted":
            lines.append(f"- RIGHT AND REFUTED: {t.case}: {t.why}")
    lines += [
        f"- right and unproven: {t.case} ({t.tests} tests, {t.right_is}): {t.why}"
        for t in sorted(found, key=lambda t: t.case)
        if t.twin == "right" and t.verdict == "unproven" and t.tests != "weak"
    ]
    return [line if len(line) < 400 else line[:397] + "..." for line in lines]


def _first(told: Told) -> bool:
    return not told.case.startswith(LATER)


def _later(told: Told) -> bool:
    return told.case.startswith(LATER)


def _all(_: Told) -> bool:
    return True
