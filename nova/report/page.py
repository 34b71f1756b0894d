"""The screen for one finding: its code, what is known of it, its history and its fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.report import wording
from nova.report.characters import cells, sentence, visible
from nova.report.excerpt import excerpt
from nova.report.screen import BLANK, GLUE, NARROWEST, Line, Piece, Style, glued, paragraph, prose, readable, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.answer import Fix, Ranked
    from nova.report.detail import Detail, Event, RuleText, Said

_LABELS = 10
"""Columns that a label takes: the values stand in one line under each other."""


def render(detail: Detail, *, color: bool = False, width: int = 80, base: str = "") -> str:
    """The whole screen as text. ``base`` goes before each path, so that a click on it finds the file."""
    return text_of(screen(detail, width, base), color=color)


def screen(detail: Detail, width: int, base: str = "") -> list[Line]:
    """The whole screen as lines of styled pieces; code may use the full width, prose reads better in less."""
    finding = detail.finding
    code_width, width = max(width, NARROWEST), readable(width)
    fix = detail.fix or finding.fix
    parts = [
        _head(finding, width, base),
        excerpt(detail.excerpt, finding.span, code_width),
        _facts(detail, width, base),
        _history(detail.life, width),
        _about(detail.rule, width),
        _fix(fix, finding, width),
        _next(finding),
    ]
    lines: list[Line] = []
    for part in parts:
        if part:
            lines += [BLANK, *part] if lines else part
    return lines


def _head(finding: Ranked, width: int, base: str) -> list[Line]:
    span = finding.span
    head = [Piece(glued(visible(f"{base}{finding.path}:{span.line}:{span.column}")), "place")]
    if finding.symbol:
        head += [Piece(" "), Piece(GLUE + sentence(finding.symbol), "symbol")]
    return paragraph(head, width) + paragraph(prose(sentence(finding.message)), width)


def _facts(detail: Detail, width: int, base: str) -> list[Line]:
    finding = detail.finding
    sure = f"{finding.confidence:.0%} sure"
    state = ", ".join((*(wording.marks(finding) or (finding.state.value,)), f"rank {finding.rank:,}"))
    lines = _labelled("id", [Piece(sentence(finding.id))], width)
    lines += _labelled("rule", [Piece(f"{sentence(finding.rule)}, {finding.severity.value}, {sure}")], width)
    lines += _labelled("state", [Piece(f"{state}, score {finding.score:.2f}")], width)
    for number, reason in enumerate(finding.reasons):
        lines += _labelled("" if number else "why", prose(sentence(reason)), width)
    for number, other in enumerate(finding.related):
        end = f"-{other.end_line}" if other.end_line > other.line else ""
        place = Piece(glued(visible(f"{base}{other.path}:{other.line}{end}")), "place")
        pieces = [place, Piece(f" {GLUE}"), *prose(sentence(other.message))]
        lines += _labelled("" if number else "see also", pieces, width)
    if detail.said is not None:
        lines += _labelled("verdict", _said(detail.said), width)
    return lines


def _said(said: Said) -> list[Piece]:
    pieces = [Piece(sentence(said.verdict), "warning")]
    if said.because:
        pieces.append(Piece(f": {sentence(said.because)}"))
    by = ", ".join(sentence(part) for part in (said.by, said.when) if part)
    if by:
        pieces.append(Piece(f" ({by})", "dim"))
    return pieces


def _history(life: Sequence[Event], width: int) -> list[Line]:
    if not life:
        return []
    lines: list[Line] = [(Piece("History", "heading"),)]
    column = max(cells(visible(event.when)) for event in life)
    for event in life:
        when = visible(event.when)
        first: Line = (Piece(f"  {when}{' ' * (column - cells(when))}  ", "dim"),)
        commit = [Piece(f" {GLUE}{visible(event.commit[: wording.ID_LENGTH])}", "dim")] if event.commit else []
        lines += paragraph([*prose(sentence(event.what)), *commit], width, " " * (column + 4), first)
    return lines


def _about(rule: RuleText | None, width: int) -> list[Line]:
    if rule is None or not rule.text:
        return []
    lines: list[Line] = [(Piece("The rule", "heading"),)]
    for number, block in enumerate(rule.text.split("\n\n")):
        if number:
            lines.append(BLANK)
        lines += paragraph(prose(sentence(block.replace("``", "`"))), width, "  ")
    if rule.precision is not None:
        lines += paragraph([Piece(f"Of its hits read by hand, {rule.precision:.0%} were right.", "dim")], width, "  ")
    return lines


def _fix(fix: Fix | None, finding: Ranked, width: int) -> list[Line]:
    if fix is None:
        return (
            [(Piece("A fix was announced for this finding, but none could be made here."),)] if finding.fixable else []
        )
    lines = paragraph([Piece("The fix", "heading"), Piece(f" {GLUE}{sentence(fix.title)}, {fix.safety.value}")], width)
    return lines + [(Piece(text, _patch_style(line)),) for line, text in _patch_lines(fix.patch)]


def _patch_lines(patch: str) -> list[tuple[str, str]]:
    """The lines of a patch, each as it is and as it is shown: whole, for a patch may be copied; only tabs stay."""
    lines = patch.removesuffix("\n").split("\n")
    return [(line, "\t".join(visible(part) for part in line.removesuffix("\r").split("\t"))) for line in lines]


def _patch_style(line: str) -> Style:
    if line.startswith(("--- ", "+++ ", "diff ", "index ")):
        return "heading"
    if line.startswith("@@"):
        return "code"
    return "added" if line.startswith("+") else "removed" if line.startswith("-") else "plain"


def _next(finding: Ranked) -> list[Line]:
    name = visible(finding.id[: wording.ID_LENGTH])
    steps = (f"nova verdict {name} accept", f"nova verdict {name} dismiss --because wrong")
    return [(Piece("Next", "heading"),), *((Piece(f"  {step}", "code"),) for step in steps)]


def _labelled(label: str, pieces: Sequence[Piece], width: int) -> list[Line]:
    first: Line = (Piece(f"{label:<{_LABELS}}", "dim"),)
    return paragraph(pieces, width, " " * _LABELS, first)
