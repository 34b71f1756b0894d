"""GitHub workflow commands: findings as annotations on the lines they are about.

GitHub shows ten annotations of a level for each step and drops the rest without a word, so no more are written, the
best first, and the last one says what is missing. Everything from the code is escaped: no text can end a command,
start another, or end up in a property.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.answer import State
from nova.report import wording
from nova.report.characters import sentence, visible

if TYPE_CHECKING:
    from nova.answer import Ranked, Review

MOST = 10
MOST_FAILED = 5
LEVELS = {"high": "error", "medium": "warning", "low": "notice", "info": "notice"}


def render(review: Review) -> str:
    """The review as workflow commands, and one plain line with the totals at the end."""
    failed = _failed(review)
    findings = sorted((f for f in review.findings if f.state is not State.DISMISSED), key=lambda f: f.rank)
    room = {"error": MOST - len(failed), "warning": MOST, "notice": MOST - 1}
    lines = list(failed)
    for finding in findings:
        level = LEVELS[finding.severity.value]
        if room[level] > 0:
            room[level] -= 1
            lines.append(_annotation(level, finding))
    missing = max(review.totals.findings, len(findings)) - (len(lines) - len(failed))
    if missing > 0:
        message = f"{wording.counted(missing, 'more finding')} not annotated here; nova review --all lists them."
        lines.append(_command("notice", {"title": "Nova"}, message))
    lines += [_plain(f"note: {sentence(notice)}") for notice in review.notices]
    lines.append(_plain(" ".join(s for s in (wording.verdict(review), wording.incomplete(review)) if s)))
    return "".join(f"{line}\n" for line in lines)


def _annotation(level: str, finding: Ranked) -> str:
    span = finding.span
    properties = {"file": visible(finding.path), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # GitHub refuses columns for more than one line.
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = f"{sentence(finding.rule)} ({finding.severity.value})"
    message = sentence(finding.message)
    if finding.reasons:
        message += f"\nwhy: {'; '.join(sentence(r) for r in finding.reasons)}"
    if finding.fixable or finding.fix is not None:
        message += f"\nfix: nova show {visible(finding.id[: wording.ID_LENGTH])}"
    return _command(level, properties, message)


def _failed(review: Review) -> list[str]:
    """An error for each file that failed; the last speaks for the rest, so that findings keep their room."""
    failed = review.failed
    named = failed if len(failed) <= MOST_FAILED else failed[: MOST_FAILED - 1]
    lines = [_command("error", {"file": visible(f.path), "title": "not reviewed"}, sentence(f.reason)) for f in named]
    if len(named) < len(failed):
        more = wording.counted(len(failed) - len(named), "more file")
        lines.append(_command("error", {"title": "not reviewed"}, f"{more} could not be reviewed."))
    return lines


def _command(level: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log in which the runner finds no command: of the old kind, it would find one anywhere."""
    return f"Nova: {text.replace('##[', '## [')}"
