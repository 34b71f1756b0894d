"""One merged proposal in words: what it promised, what was measured, and what is left of it today."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova.ledger.effect import MOMENTS, Fate
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.ledger.effect import Effect, Touched
    from nova.ledger.values import Merged

HOW = {
    Stage.MERGED: "merged as it was", Stage.CHANGED: "merged after a change", Stage.REVERTED: "reverted",
    Stage.LOCAL: "merged by hand",
}  # fmt: skip
FATES = {
    Fate.STAYED: "it stayed",
    Fate.EDITED: "what it mended stays mended, and was worked on since",
    Fate.PARTLY: "it was undone in part",
    Fate.UNDONE: "it was undone",
    Fate.GONE: "its files are no longer there",
    Fate.UNKNOWN: "not measured up to today",
}
MOST_NAMED = 3
_NUMBERS = ("findings", "complexity", "lines")


def kept(effects: Sequence[Effect]) -> str:
    """What is left of all that was measured."""
    counts = Counter(one.fate for one in effects)
    told = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
    known = [one for one in effects if one.fate is not Fate.UNKNOWN]
    mended, back = sum(one.mended for one in known), sum(one.back for one in known)
    said = f"merged: {told}"
    return f"{said}; {back} of the findings that they mended ({mended}) are back" if mended else said


def merged_lines(one: Merged, width: int) -> Iterator[str]:
    """A head, a small table, and a line for each function that it changed."""
    last, told = one.course.last, one.effect
    when = moment(last.at).date().isoformat() if last.stage is not Stage.LOCAL else ""
    how = " ".join(part for part in (HOW[last.stage], when) if part)
    yield f"  {one.course.named}  {last.rule}, {how}: {_fate(told)}"
    if told.numbers:
        shown = [name for name in MOMENTS if name in told.numbers]
        label = min(max(20, *(len(path) + 6 for path in _paths(one))), max(20, width - 8 - 9 * len(shown)))
        yield from (f"      {path}" for path in _paths(one)[:-1])
        yield f"      {_paths(one)[-1]:<{label}}" + "".join(f"{name:>9}" for name in shown)
        for number in _NUMBERS:
            values = "".join(f"{getattr(told.numbers[name], number):>9}" for name in shown)
            yield f"      {number:<{label}}{values}"
    for touched in told.functions[:MOST_NAMED]:
        yield f"      {_function(touched, is_known='today' in told.numbers)}"
    if len(told.functions) > MOST_NAMED:
        yield f"      and {len(told.functions) - MOST_NAMED} functions more"


def _fate(told: Effect) -> str:
    said = FATES[told.fate]
    if told.fate is Fate.UNKNOWN:
        return f"{said}: {told.why}"
    parts = []
    if told.added:
        parts.append(f"{told.stand} of {told.added} lines stand")
    if told.gone and told.fate is not Fate.GONE:
        parts.append(f"{told.gone} of its files no longer there")
    if told.mended:
        parts.append(f"{told.back} of {told.mended} finding{'' if told.mended == 1 else 's'} back")
    return f"{said} ({', '.join(parts)})" if parts else said


def _paths(one: Merged) -> list[str]:
    named = list(one.paths[:MOST_NAMED])
    more = len(one.paths) - len(named)
    return [*named, f"and {more} files more"] if more else named


def _function(one: Touched, *, is_known: bool) -> str:
    """A function's complexity and length before, after and today, in this order, once where they are the same."""
    after = one.promised or one.merged
    told = [f for f in (one.before, after, one.today if is_known else None) if f is not None]
    parts = [
        f"complexity {_course([f.cyclomatic for f in told])}",
        f"lines {_course([f.lines for f in told])}",
    ]
    if one.promised is not None and one.merged is not None:
        was, came = ((f.cyclomatic, f.lines) for f in (one.promised, one.merged))
        parts += [f"as merged {came[0]} and {came[1]}"] if was != came else []
    parts += ["not there before"] if one.before is None else []
    parts += ["not there today"] if one.today is None and is_known else []
    return f"{one.symbol}: {', '.join(parts)}"


def _course(numbers: Sequence[int]) -> str:
    return " -> ".join(map(str, numbers)) if len(set(numbers)) > 1 else str(numbers[0])
