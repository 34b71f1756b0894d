"""What people read on a pull request: the comment on a line, and the summary. Pure.

Short, with the reason, what to do and how to say no. Whatever comes from the code under review is escaped as in every
report: it mentions nobody, links nowhere, and makes no markup, suggestion or hidden comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from nova.report import wording
from nova.report.characters import sentence
from nova.report.markdown import code, escape
from nova.report.screen import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nova.answer import Left, Ranked
    from nova.living.values import Limits, Standing, Wanted

ROOM = 28_000
"""Characters that the entries of a summary may take: GitHub refuses a body of more than 65,536."""
OPEN = 10
"""Entries that are read without a click."""
MOST_OF_A_TEXT = 400
MOST_REASONS = 2
MISSED = "These lines were looked at before, and this was missed then."
LIMITS = {
    "resolve": "This token may not resolve threads, so comments say themselves when they are done.",
    "review": "New comments could not be put on lines, so they are listed here.",
    "rights": "This token may not see who may write here, so what people answered in threads does not count yet.",
    "light": "This token may set neither a check nor a status, so no light beside the commit tells the result.",
}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion block, and how far it is proved in one sentence."""

    block: str
    proof: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a summary says beside the findings. ``base`` is a branch; commits are named by their beginning."""

    url: str
    """The address of the repository, as people open it."""
    base: str
    base_commit: str
    head_commit: str
    read: int
    """Changed Python files that were reviewed."""
    others: int = 0
    """Changed files that are no Python."""
    binary: int = 0
    skipped: tuple[Left, ...] = ()
    failed: tuple[Left, ...] = ()
    dismissed: int = 0
    notices: tuple[str, ...] = ()


def comment(finding: Ranked, suggested: Suggested | None = None, *, missed: bool = False) -> str:
    """The comment on the lines of a finding."""
    parts = [f"**{_brief(finding.message)}**"]
    if finding.reasons:
        parts.append(f"Why: {'; '.join(map(_brief, finding.reasons[:MOST_REASONS]))}.")
    parts += [
        f"See also {code(shortened(f'{other.path}:{other.line}', MOST_OF_A_TEXT))}: {_brief(other.message)}"
        for other in finding.related[:MOST_REASONS]
    ]
    if suggested is not None:
        parts += [suggested.block, f"{_brief(suggested.proof)}."]
    elif finding.fixable:
        parts.append(f"`nova fix {finding.id[: wording.ID_LENGTH]}` offers a change, with how far it is proved.")
    if missed:
        parts.append(MISSED)
    parts.append(
        f"<sub>{code(finding.rule)}, {finding.severity.value}. Not wanted? Answer `/nova dismiss by design` "
        "(other reasons: `wrong`, `not worth it`).</sub>"
    )
    return "\n\n".join(parts)


def substance(finding: Ranked, suggested: Suggested | None = None) -> str:
    """What makes a comment another one: reasons change with every commit, and are no cause to edit it."""
    return "\0".join((finding.rule, finding.severity.value, finding.message, suggested.block if suggested else ""))


def entry(finding: Ranked, url: str, head: str, *, missed: bool = False) -> str:
    """The finding as a line of the summary, with a link to its lines."""
    place = _place(finding, url, head)
    again = f" {MISSED}" if missed else ""
    named = f"{code(finding.rule)}, {finding.severity.value}, {code(finding.id[: wording.ID_LENGTH])}"
    return f"- {place}: {_brief(finding.message)}{again} ({named})"


def moved(finding: Ranked, url: str, head: str) -> str:
    """What a comment says first whose code is in another file now: GitHub leaves it on the one that it was made for."""
    return f"Moved to {_place(finding, url, head)}."


def _place(finding: Ranked, url: str, head: str) -> str:
    line = finding.span.line
    shown = code(shortened(f"{finding.path}:{line}", MOST_OF_A_TEXT)) or "here"
    address = f"{url}/blob/{head}/{quote(finding.path, safe='/', errors='surrogateescape')}#L{line}"
    return f"[{shown}]({address})" if url else shown


def summary(told: Told, standing: Standing, limits: Limits) -> str:
    """The one comment that sums up; the same state gives the same text."""
    blocks = [f"### Nova: {headline(told, standing)}", _counts(told, standing), *_entries(standing.below)]
    blocks += _left_out(told)
    said = [LIMITS[name] for name in LIMITS if name in limits.reasons]
    blocks += [*(escape(sentence(notice)) for notice in told.notices), " ".join(said)]
    if standing.below:
        blocks.append(
            '<sub>Not wanted? `nova verdict ID dismiss --because "by design"`, with the id of its line.</sub>'
        )
    return "\n\n".join(block for block in blocks if block)


def headline(told: Told, standing: Standing) -> str:
    """The result in a few words; incomplete is never told as clean."""
    number = len(standing.inline) + len(standing.below) + len(standing.claimed)
    if told.failed:
        files = wording.counted(len(told.failed), "file")
        found = wording.counted(number, "finding") if number else "nothing found so far"
        return f"incomplete, {files} could not be reviewed; {found}"
    return wording.counted(number, "finding") if number else "nothing found"


def _counts(told: Told, standing: Standing) -> str:
    parts = []
    if standing.inline:
        parts.append(f"{len(standing.inline)} in comments on their lines")
    if standing.below:
        parts.append(f"{len(standing.below)} below")
    if standing.kept:
        parts.append(f"{standing.kept} in earlier comments on what could not be read now")
    if standing.claimed:
        parts.append(f"{len(standing.claimed)} in threads that were resolved while it is still there")
    if standing.settled:
        parts.append(f"{len(standing.settled)} settled by people")
    if told.dismissed:
        parts.append(f"{told.dismissed} dismissed earlier")
    if standing.gone:
        parts.append(f"{standing.gone} done")
    looked = f"Looked at {code(told.head_commit[:10])} against {code(shortened(told.base, 100))} "
    looked += f"({code(told.base_commit[:10])}): {wording.counted(told.read, 'changed Python file')}."
    first = ", ".join(parts)
    return f"{first[:1].upper()}{first[1:]}. {looked}" if parts else looked


def _entries(below: Sequence[Wanted]) -> Iterator[str]:
    """The findings without a comment, the first of them open; what does not fit is counted."""
    lines: list[str] = []
    room = ROOM
    for wanted in below:
        room -= len(wanted.entry) + 1
        if room < 0:
            break
        lines.append(wanted.entry)
    if lines:
        yield "\n".join(lines[:OPEN])
    if len(lines) > OPEN:
        more = "\n".join(lines[OPEN:])
        yield f"<details><summary>{len(lines) - OPEN} more</summary>\n\n{more}\n\n</details>"
    if len(lines) < len(below):
        yield f"{wording.counted(len(below) - len(lines), 'more finding')} did not fit here."


def _left_out(told: Told) -> Iterator[str]:
    if told.failed:
        rows = [f"- {code(shortened(f.path, MOST_OF_A_TEXT))}: {_brief(f.reason)}" for f in told.failed[:OPEN]]
        more = [f"- and {len(told.failed) - OPEN} more"] if len(told.failed) > OPEN else []
        yield "\n".join(["Could not be reviewed:", "", *rows, *more])
    groups = ", ".join(_brief(group) for group in wording.grouped(told.skipped))
    parts = [f"{wording.counted(len(told.skipped), 'file')} ({groups})"] if told.skipped else []
    if told.others:
        parts.append(wording.counted(told.others, "file that is no Python", "files that are no Python"))
    if told.binary:
        parts.append(wording.counted(told.binary, "binary file"))
    if parts:
        yield f"Not looked at: {'; '.join(parts)}."


def _brief(text: str) -> str:
    return escape(shortened(sentence(text), MOST_OF_A_TEXT)).rstrip(".")
