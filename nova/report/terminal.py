"""The screen a person sees after a review: what matters most, the places to mend, what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.answer import State, Status
from nova.report import wording
from nova.report.characters import sentence, visible
from nova.report.screen import (
    BLANK,
    GLUE,
    Line,
    Piece,
    beside,
    glued,
    line_cells,
    paragraph,
    prose,
    readable,
    shortened,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.answer import Left, Place, Ranked, Review
    from nova.report.screen import Style

MOST_OF_A_MESSAGE = 400
MOST_OF_A_SYMBOL = 60
MOST_OF_A_RULE = 40
LEAST_EFFECT = 20
MARKS: dict[str, Style] = {
    State.NEW.value: "warning",
    State.REGRESSED.value: "bad",
    State.DISMISSED.value: "dim",
    wording.SILENT: "dim",
}


def render(review: Review, *, color: bool = False, width: int = 80, base: str = "") -> str:
    """The whole screen as text. ``base`` goes before each path, so that a click on it finds the file."""
    return text_of(screen(review, readable(width), base), color=color)


def screen(review: Review, width: int, base: str = "") -> list[Line]:
    """The whole screen as lines of styled pieces."""
    parts = [
        _header(review, width),
        _findings(review, width, base),
        _places(review.places, width, base),
        _footer(review, width),
        _next(review, width),
    ]
    lines: list[Line] = []
    for part in parts:
        if part:
            lines += [BLANK, *part] if lines else part
    return lines


def _header(review: Review, width: int) -> list[Line]:
    totals = review.totals
    numbers = [wording.counted(totals.files, "file"), wording.counted(totals.lines, "line"), f"{totals.seconds:.1f} s"]
    if totals.cached_files:
        numbers.append(f"{totals.cached_files:,} from cache")
    title = (
        Piece(shortened(review.target.name, MOST_OF_A_SYMBOL), "heading"),
        Piece(f" {GLUE}{shortened(sentence(wording.target(review)), MOST_OF_A_MESSAGE)}"),
    )
    lines = paragraph(title, width)
    if totals.files:
        lines += paragraph([Piece(", ".join(numbers), "dim")], width)
    if review.status is Status.INCOMPLETE:
        lines += paragraph([Piece(wording.incomplete(review), "bad")], width)
    return lines


def _findings(review: Review, width: int, base: str) -> list[Line]:
    shown = review.findings
    if not shown:
        style: Style = "good" if review.status is Status.COMPLETE and review.totals.files else "heading"
        words = wording.verdict(review)
        if review.totals.findings:
            words = f"{words[:-1]}; none scored high enough to be shown unasked: nova review --all"
        return paragraph([Piece(words, "heading" if review.totals.findings else style)], width)
    all_new = all(f.state is State.NEW for f in shown)
    number = wording.counted(review.totals.findings, "finding")
    if review.totals.silent and any(f.silent for f in shown):
        number += f", and {review.totals.silent:,} of silent rules"
    elif len(shown) < review.totals.findings:
        number = f"{len(shown):,} of {number}"
    note = f"  {number}, all new" if all_new and len(shown) > 1 and review.remembered else f"  {number}"
    lines: list[Line] = [(Piece("What matters most", "heading"), Piece(note, "dim"))]
    margin = _margin(max(f.rank for f in shown))
    for one in shown:
        lines.append(BLANK)
        lines += finding(one, width, margin, base, say_new=not all_new or len(shown) == 1, say_fix=review.remembered)
    return lines


def finding(
    one: Ranked, width: int, margin: int, base: str = "", *, say_new: bool = True, say_fix: bool = True
) -> list[Line]:
    """One finding: where it is, what is wrong, why it is shown here, and what can be done."""
    indent = " " * margin
    marks = [m for m in wording.marks(one) if say_new or m != State.NEW.value]
    head = _where(one.path, one.span.line, one.symbol, base)
    for mark in marks:
        head += [Piece(" "), Piece(glued(f" {mark}"), MARKS.get(mark, "warning"))]
    tag = (Piece(f"{shortened(one.rule, MOST_OF_A_RULE)}  {visible(one.id[: wording.ID_LENGTH])}", "dim"),)
    lines = _headed(head, tag, width, _number(one.rank, margin))
    lines += paragraph(prose(shortened(sentence(one.message), MOST_OF_A_MESSAGE)), width, indent)
    if one.reasons:
        lines += paragraph([Piece(f"why: {_listed(one.reasons)}", "dim")], width, indent)
    if say_fix and (one.fixable or one.fix is not None):
        lines += paragraph([Piece(f"fix: nova show {visible(one.id[: wording.ID_LENGTH])}", "good")], width, indent)
    return lines


def _headed(head: list[Piece], tag: Line, width: int, number: Line) -> list[Line]:
    """The head of a finding with its rule and id against the right margin: on its line, else on the next."""
    indent = " " * line_cells(number)
    lines = paragraph(head, width, indent, number)
    if len(head) > 1 and (len(lines) > 1 or line_cells(lines[-1]) + 2 + line_cells(tag) > width):
        lines = [*paragraph(head[:1], width, indent, number), *paragraph(head[1:], width, indent)]
    return beside(lines, tag, width, indent)


def _places(places: Sequence[Place], width: int, base: str) -> list[Line]:
    if not places:
        return []
    lines: list[Line] = [(Piece("Places to mend first", "heading"),)]
    margin = _margin(max(p.rank for p in places))
    indent = " " * margin
    for place in places:
        head = _where(place.path, place.line, place.symbol, base)
        lines.append(BLANK)
        lines += paragraph(head, width, indent, _number(place.rank, margin))
        if place.reasons:
            lines += paragraph([Piece(_listed(place.reasons), "dim")], width, indent)
        if place.step:
            step = prose(shortened(sentence(place.step), MOST_OF_A_MESSAGE))
            lines += paragraph([Piece("step: ", "good"), *step], width, indent)
    return lines


def _footer(review: Review, width: int) -> list[Line]:
    lines: list[Line] = []
    if review.failed:
        number = wording.counted(len(review.failed), "file")
        lines += paragraph([Piece(f"Could not review {number}:", "bad")], width)
        lines += _failed(review.failed, width)
    if review.skipped:
        groups = ", ".join(shortened(sentence(g), MOST_OF_A_SYMBOL) for g in wording.grouped(review.skipped))
        number = wording.counted(len(review.skipped), "file")
        lines += paragraph([Piece(f"Not looked at: {number} ({groups})", "dim")], width)
    past = wording.past(review)
    if past:
        lines += paragraph([Piece(past, "dim")], width)
    for notice in review.notices:
        lines += paragraph([Piece("Note: ", "warning"), *prose(sentence(notice))], width)
    return lines


def _failed(failed: Sequence[Left], width: int) -> list[Line]:
    lines: list[Line] = []
    for left in failed[: wording.MOST_FAILED]:
        reason = shortened(sentence(left.reason), MOST_OF_A_MESSAGE)
        lines += paragraph(
            [Piece(glued(visible(left.path)), "place"), Piece(f" {GLUE}{reason}")], width, "    ", (Piece("  "),)
        )
    more = len(failed) - wording.MOST_FAILED
    if more > 0:
        lines.append((Piece(f"  ... and {more:,} more"),))
    return lines


def _next(review: Review, width: int) -> list[Line]:
    steps = []
    if review.findings and review.remembered:
        rank = review.findings[0].rank
        steps.append((f"nova show {rank}", "its code, its history and its fix"))
        steps.append((f"nova verdict {rank} dismiss --because wrong", "never show it again"))
    more, how_severe = wording.hidden(review)
    if more:
        steps.append(("nova review --all", f"{more:,} more: {how_severe}" if how_severe else f"{more:,} more"))
    if not steps:
        return []
    lines: list[Line] = [(Piece("Next", "heading"),)]
    column = max(len(command) for command, _ in steps) + 4
    for command, effect in steps:
        if width - column < LEAST_EFFECT:
            lines += [(Piece(f"  {command}", "code"),), *paragraph([Piece(effect, "dim")], width, "      ")]
        else:
            first: Line = (Piece(f"  {command}{' ' * (column - 2 - len(command))}", "code"),)
            lines += paragraph([Piece(effect, "dim")], width, " " * column, first)
    return lines


def _where(path: str, line: int, symbol: str | None, base: str) -> list[Piece]:
    head = [Piece(glued(visible(f"{base}{path}:{line}")), "place")]
    if symbol:
        head += [Piece(" "), Piece(glued(f" {shortened(symbol, MOST_OF_A_SYMBOL)}"), "symbol")]
    return head


def _number(rank: int, margin: int) -> Line:
    return (Piece(f"{rank:>{margin - 2}}", "number"), Piece("  "))


def _margin(most: int) -> int:
    return max(len(str(most)), 2) + 2


def _listed(reasons: Sequence[str]) -> str:
    return shortened("; ".join(sentence(r) for r in reasons), MOST_OF_A_MESSAGE)
