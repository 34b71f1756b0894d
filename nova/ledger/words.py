"""The ledger in plain words, wrapped to a width. Every part names what it was counted or measured from."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova.ledger.merged_words import kept, merged_lines
from nova.proposing.past import Stage
from nova.report.characters import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nova.ledger.tally import Tally, Times
    from nova.ledger.values import Ledger

LABEL = 10
STAGES = {
    Stage.OPEN: "open", Stage.MERGED: "merged as they were", Stage.CHANGED: "merged after a change",
    Stage.CLOSED: "closed", Stage.REVERTED: "reverted", Stage.STALE: "closed by Nova as no longer true",
}  # fmt: skip
FILLS = (
    ("nova improve PATH", "makes proposals, a local branch each"),
    ("nova improve PATH --post", "opens a draft pull request of each"),
    ("nova sync", "takes in what people answered, merged and closed on GitHub"),
    ("nova verdict ID accept", "answers a finding; dismiss and later do too"),
)
"""What brings something into the ledger."""
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def text(ledger: Ledger, width: int) -> str:
    """The ledger for a person."""
    lines = [*_head(ledger), ""]
    if ledger.is_empty:
        lines += _empty(ledger)
    else:
        lines += ["In all", *_all(ledger), "", *_rules(ledger), *_merged(ledger, width)]
    lines += [f"note: {note}" for note in ledger.notes]
    return "\n".join(one for line in lines for one in wrapped(visible(line), width)).rstrip()


def _head(ledger: Ledger) -> Iterator[str]:
    yield f"The ledger of {ledger.name} ({ledger.root}), {_day(ledger.now)}"
    told = ledger.reviews
    days = " to ".join(dict.fromkeys((_day(told.first), _day(told.last))))
    spoken = f"{_counted(told.count, 'review')}, {days}" if told.count else "no review"
    yield f"counted from   {ledger.memory}: {spoken}"
    if ledger.tip is not None:
        day = datetime.fromtimestamp(ledger.tip.time, UTC).date().isoformat()
        yield f"measured from  {ledger.tip.name} at {ledger.tip.commit[:10]} of {day}, by today's rules"
    else:
        yield "measured from  nothing: there is no commit yet"


def _empty(ledger: Ledger) -> Iterator[str]:
    if ledger.all.found:
        yield f"found     {_found(ledger.all)}"
    yield "Nothing was proposed here and nobody answered anything yet, so there is nothing more to count."
    yield ""
    yield "What fills it:"
    yield from (f"  {command:<26}{does}" for command, does in FILLS)


def _all(ledger: Ledger) -> Iterator[str]:
    one = ledger.all
    since = f"since the report of {_day(ledger.since)}" if ledger.since else "since no report before this one is known"
    yield _row("found", _found(one) if ledger.reviews.count else "not known: memory tells of no review")
    yield _row("proposed", _proposed(one))
    yield _row("answers", one.acceptance.words("answered proposals"))
    if one.times.answered:
        yield _row("waited", _waited(one.times))
    if ledger.merged:
        newest = f"of the {len(ledger.merged)} newest " if ledger.unmeasured else f"of {len(ledger.merged)} "
        yield _row("kept", newest + kept([each.effect for each in ledger.merged]))
    if one.verdicts:
        yield _row("verdicts", f"{_said(one.verdicts)}; {since}: {_said(one.fresh) or 'none'}")
    if one.misses:
        missed = _counted(one.misses, "finding")
        yield _row("missed", f"{missed} that an earlier look should have told of; {since}: {one.fresh_misses}")


def _rules(ledger: Ledger) -> Iterator[str]:
    told = {rule: one for rule, one in ledger.rules.items() if one.is_told_of}
    if told:
        yield "By rule"
        yield from (_rule(rule, one) for rule, one in told.items())
        others = [one for rule, one in ledger.rules.items() if rule not in told]
        if others:
            found = _counted(sum(one.found for one in others), "finding")
            yield f"  and {_counted(len(others), 'rule')} of which there is nothing but {found}"
        yield ""


def _rule(rule: str, one: Tally) -> str:
    parts = [f"{one.found} found, {one.open} open"]
    if one.proposed:
        parts.append(f"{one.proposed} proposed: {_stages(one)}")
    if one.acceptance.answered:
        parts.append(one.acceptance.words())
    if one.times.known:
        parts.append(f"answered in {_long(one.times.median or 0)}")
    if one.verdicts:
        parts.append(f"verdicts {_said(one.verdicts)}" + (f" (new: {_said(one.fresh)})" if one.fresh else ""))
    if one.misses:
        parts.append(f"{one.misses} missed")
    return f"  {rule}  {'; '.join(parts)}"


def _merged(ledger: Ledger, width: int) -> Iterator[str]:
    if not ledger.merged:
        return
    yield "What was merged, and what is left of it"
    for one in ledger.merged:
        yield from merged_lines(one, width)
    if ledger.unmeasured:
        yield f"  {_counted(ledger.unmeasured, 'older merged proposal')} not measured"
    yield ""


def _found(one: Tally) -> str:
    return f"{_counted(one.found, 'finding')} in all reviews, {one.open} of them open, {one.found - one.open} gone"


def _proposed(one: Tally) -> str:
    return f"{one.proposed}: {_stages(one)}" if one.proposed else "nothing yet"


def _stages(one: Tally) -> str:
    parts = []
    local = one.stages.get(Stage.LOCAL, 0)
    if local:
        parts.append(f"{local} local" + _local(one, local))
    parts += [f"{one.stages[stage]} {words}" for stage, words in STAGES.items() if one.stages.get(stage)]
    return ", ".join(parts)


def _local(one: Tally, local: int) -> str:
    """What became of the local branches."""
    kinds = [(one.by_hand, "merged by hand"), (one.taken_back, "taken back")]
    told = [f"{number} {words}" if number < local else words for number, words in kinds if number]
    return f" ({', '.join(told)})" if told else ""


def _waited(told: Times) -> str:
    if not told.known:
        return f"how long people took is not known of any of {told.answered}"
    ends = " to ".join(dict.fromkeys((_long(told.shortest or 0), _long(told.longest or 0))))
    span = f", {ends}" if told.known > 1 else ""
    middle = "the median is " if told.known > 1 else ""
    return f"{middle}{_long(told.median or 0)} from opening to the answer{span} ({told.known} of {told.answered} known)"


def _said(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {answer}" for answer, number in counts.items())


def _long(seconds: float) -> str:
    for unit, name in _UNITS:
        if seconds >= unit:
            number = round(seconds / unit, 1 if seconds < 10 * unit else 0)
            return f"{number:g} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def _row(label: str, words: str) -> str:
    return f"  {label:<{LABEL}}{words}"


def wrapped(line: str, width: int) -> list[str]:
    """A line in one or more, broken at spaces; what follows stands below the words, not below the label."""
    if len(line) <= width:
        return [line]
    body = line.lstrip(" ")
    margin = len(line) - len(body)
    label = body.partition("  ")[0]
    hang = margin + (max(LABEL, len(label) + 2) if "  " in body and len(label) < LABEL else 2)
    return textwrap.wrap(
        line, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    ) or [line]  # fmt: skip


def _day(at: str) -> str:
    try:
        return moment(at).date().isoformat()
    except ValueError:  # a memory that was changed by hand
        return "?"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
