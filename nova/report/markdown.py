"""Markdown for a pull request or a job summary.

Whatever comes from the code under review is escaped: it makes no markup, closes no fence, opens no tag, mentions
nobody and links nowhere. An empty entity (``&#8203;``, a space of no width) takes ``@name``, ``#1`` and addresses
apart, for GitHub looks for those after the escapes are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nova.answer import Status
from nova.report import wording
from nova.report.characters import encodable, sentence, visible
from nova.report.screen import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nova.answer import Fix, Left, Place, Ranked, Review

ROOM = 60_000
"""Characters that findings and places may take: GitHub refuses a body of more than 65,536."""

MOST_OF_A_TEXT = 1_000
MOST_OF_A_PATCH = 10_000
MOST_RELATED = 5

_APART = "&#8203;"
_ALWAYS = re.compile(r"[\\`*_\[\]<>&|~$]")
_AT_START = re.compile(r"^(\d+)?([-+=#.)!])")
_REFERENCE = re.compile(r"@|#(?=\d)|:(?=//)|(?<=\b[wW][wW][wW])\.|(?<=\b[gG][hH])-(?=\d)")
_TICKS = re.compile(r"`+")


def render(review: Review) -> str:
    """The review as Markdown in GitHub's flavour."""
    head = [f"## Nova: {escape(review.target.name)}", _verdict(review)]
    tail = [*_left_out(review), *(f"Note: {escape(notice)}" for notice in review.notices)]
    blocks = [*head, *_body(review), *tail]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """Text on one line that shows as it is, wherever it stands; what is in single backticks becomes code."""
    parts = sentence(text).split("`")
    if len(parts) < 3 or "" in parts[1:-1]:
        return _escaped("`".join(parts))
    shown = []
    for number, part in enumerate(parts):
        inside = number % 2 == 1
        if inside and number < len(parts) - 1:
            shown.append(code(part))
        elif part or inside:
            shown.append(_escaped(f"`{part}" if inside else part))
    return "".join(shown)


def code(text: str) -> str:
    """Text as code, fenced by more backticks than it holds in a row."""
    shown = visible(text)
    if not shown:
        return ""
    ticks = "`" * (max((len(run) for run in _TICKS.findall(shown)), default=0) + 1)
    padded = shown.strip(" ") and (shown.startswith(("`", " ")) or shown.endswith(("`", " ")))
    pad = " " if padded else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def block(text: str, language: str) -> str:
    """Lines as they are in a fence that none of them can close."""
    shown = "\n".join("\t".join(visible(t) for t in line.split("\t")) for line in text.rstrip("\n").split("\n"))
    fence = "`" * max(max((len(run) for run in _TICKS.findall(shown)), default=0) + 1, 3)
    return f"{fence}{language}\n{shown}\n{fence}"


def _brief(text: str) -> str:
    """The text escaped, and cut where it goes on and on."""
    return escape(shortened(sentence(text), MOST_OF_A_TEXT))


def _escaped(text: str) -> str:
    shown = _AT_START.sub(r"\1\\\2", _ALWAYS.sub(r"\\\g<0>", text))
    return _REFERENCE.sub(lambda match: _taken_apart(match[0]), shown)


def _taken_apart(mark: str) -> str:
    return f"{_APART}{mark}" if mark in {".", "-"} else f"{mark}{_APART}"


def _verdict(review: Review) -> str:
    numbers = f"{_brief(wording.target(review))}; {wording.counted(review.totals.lines, 'line')} read"
    lines = [f"**{wording.verdict(review)}**"]
    if review.status is Status.INCOMPLETE:
        lines.append(f"**{wording.incomplete(review)}**")
    return "  \n".join([*lines, f"{numbers}."])


def _body(review: Review) -> Iterator[str]:
    """Findings, then places, as far as there is room."""
    findings = _fitting((_finding(f) for f in review.findings), ROOM)
    if findings:
        yield from ("### What matters most", *findings)
    if len(findings) < len(review.findings):
        yield f"{wording.counted(len(review.findings) - len(findings), 'more finding')} did not fit here."
    more, how_severe = wording.hidden(review)
    if more:
        severe = f" ({how_severe})" if how_severe else ""
        yield f"{wording.counted(more, 'more finding')}{severe} not shown: `nova review --all`."
    places = _fitting((_place(p) for p in review.places), ROOM - sum(len(f) for f in findings))
    if places:
        yield from ("### Places to mend first", *places)


def _fitting(entries: Iterable[str], room: int) -> list[str]:
    """The entries that there is room for; what comes after them is not even written."""
    kept = []
    for entry in entries:
        room -= len(entry)
        if room < 0:
            break
        kept.append(entry)
    return kept


def _finding(one: Ranked) -> str:
    head = [f"**{one.rank}.** {_name(f'{one.path}:{one.span.line}')}"]
    if one.symbol:
        head.append(f"in {_name(one.symbol)}")
    marks = ", ".join((one.severity.value, *wording.marks(one)))
    lines = [f"{' '.join(head)} ({marks})", _brief(one.message)]
    if one.reasons:
        lines.append(f"Why: {_listed(one.reasons)}")
    lines += [
        f"See also {_name(f'{other.path}:{other.line}')}: {_brief(other.message)}"
        for other in one.related[:MOST_RELATED]
    ]
    name = code(one.id[: wording.ID_LENGTH])
    can = f"; fix: `nova show {visible(one.id[: wording.ID_LENGTH])}`" if one.fixable and one.fix is None else ""
    lines.append(f"Rule {_name(one.rule)}, id {name}{can}")
    shown = "  \n".join(lines)
    return f"{shown}\n\n{_fix(one.fix)}" if one.fix else shown


def _fix(fix: Fix) -> str:
    if fix.patch != encodable(fix.patch) or len(fix.patch) > MOST_OF_A_PATCH:
        return (
            f"Fix: {_brief(fix.title)} ({fix.safety.value}): too long to be shown here, or no text; `nova show` has it."
        )
    title = f"Fix: {_html(fix.title)} ({fix.safety.value})"
    return f"<details><summary>{title}</summary>\n\n{block(fix.patch, 'diff')}\n\n</details>"


def _name(text: str) -> str:
    return code(shortened(text, MOST_OF_A_TEXT))


def _html(text: str) -> str:
    """Text inside a tag, where Markdown's escapes do not work."""
    shown = shortened(sentence(text), MOST_OF_A_TEXT).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERENCE.sub(lambda match: _taken_apart(match[0]), shown)


def _place(place: Place) -> str:
    where = f"**{place.rank}.** {_name(f'{place.path}:{place.line}')}"
    lines = [f"{where} {_name(place.symbol)}" if place.symbol else where]
    if place.reasons:
        lines.append(_listed(place.reasons))
    if place.step:
        lines.append(f"Step: {_brief(place.step)}")
    return "  \n".join(lines)


def _left_out(review: Review) -> Iterator[str]:
    if review.failed:
        shown = review.failed[: wording.MOST_FAILED]
        rows = [f"- {_name(f.path)}: {_brief(f.reason)}" for f in shown]
        if len(shown) < len(review.failed):
            rows.append(f"- and {len(review.failed) - len(shown):,} more")
        yield "### Could not be reviewed"
        yield "\n".join(rows)
    if review.skipped:
        yield f"Not looked at: {wording.counted(len(review.skipped), 'file')} ({_groups(review.skipped)})."
    yield wording.past(review)


def _groups(skipped: Iterable[Left]) -> str:
    return ", ".join(_brief(group) for group in wording.grouped(skipped))


def _listed(reasons: Sequence[str]) -> str:
    return "; ".join(_brief(reason) for reason in reasons)
