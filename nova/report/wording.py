"""The words that the reports for people share. Plain text: each format does its own escaping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.answer import State, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.answer import Left, Ranked, Review

ID_LENGTH = 8
"""How much of an id people are shown: enough to be unique in one repository, short enough to type."""
MOST_FAILED = 10
MOST_REASONS = 6

SILENT = "silent"
"""What a finding is marked with that is left out because its rule is silent there."""
_SCALE = ("high", "medium", "low", "info")


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 file``, ``2 files``, ``1,200 files``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verdict(review: Review) -> str:
    """The answer in one sentence."""
    totals, failed = review.totals, len(review.failed)
    if not totals.files and failed:
        return "Nothing could be reviewed."
    if not totals.files:
        return "No Python files to review."
    files = counted(totals.files, "file")
    if totals.findings:
        return f"{counted(totals.findings, 'finding')} in {files}{_in_brackets(severities(review.counts))}."
    if review.status is Status.INCOMPLETE:
        return f"Nothing found in the {files} that could be read."
    return f"Nothing found in {files}."


def incomplete(review: Review) -> str:
    """Why the review proves less than it seems to; empty where it is complete."""
    if review.status is Status.COMPLETE:
        return ""
    what = counted(len(review.failed), "file") if review.failed else "something in scope"
    return f"Incomplete: {what} could not be reviewed, so there may be more to find."


def target(review: Review) -> str:
    """What was looked at: the scope, the commit where the scope does not name it, and what is not committed."""
    commit = review.target.commit
    words = review.scope
    if commit is None:
        words = words or "no commit yet"
    elif commit[:7] not in words:
        words = f"{words} at {commit[:ID_LENGTH]}" if words else f"commit {commit[:ID_LENGTH]}"
    return f"{words}, with uncommitted changes" if review.target.dirty else words


def severities(counts: dict[str, int]) -> str:
    """``2 high, 9 medium``; empty where nothing counts."""
    return ", ".join(f"{counts[name]:,} {name}" for name in _SCALE if counts.get(name))


def hidden(review: Review) -> tuple[int, str]:
    """How many findings count and are not shown, and how severe they are."""
    shown = [f for f in review.findings if f.state is not State.DISMISSED]
    more = max(review.totals.findings - len(shown), 0)
    left = dict(review.counts)
    for finding in shown:
        left[finding.severity.value] = left.get(finding.severity.value, 0) - 1
    return more, severities(left) if min(left.values(), default=0) >= 0 and sum(left.values()) == more else ""


def grouped(skipped: Iterable[Left]) -> tuple[str, ...]:
    """The reasons for leaving files out, the commonest first, each with its number where there are several."""
    numbers: dict[str, int] = {}
    for left in skipped:
        numbers[left.reason] = numbers.get(left.reason, 0) + 1
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    if len(ordered) == 1:
        return (ordered[0][0],)
    named = [f"{number:,} {reason}" for reason, number in ordered[:MOST_REASONS]]
    rest = sum(number for _, number in ordered[MOST_REASONS:])
    return (*named, f"{rest:,} for other reasons") if rest else (*named,)


def marks(finding: Ranked) -> tuple[str, ...]:
    """What sets the finding apart from an old and open one."""
    found = [] if finding.state is State.OPEN else [SILENT if finding.silent else finding.state.value]
    if finding.introduced_by_diff and finding.state is not State.NEW:
        found.append("from this change")
    return tuple(found)


def past(review: Review) -> str:
    """What went away since the last run, what was dismissed, and what rules are silent of; empty where nothing is."""
    totals = review.totals
    parts = []
    if totals.fixed_since_last:
        parts.append(f"Fixed since the last run: {totals.fixed_since_last:,}.")
    if totals.dismissed > totals.silent:
        parts.append(f"Dismissed earlier: {totals.dismissed - totals.silent:,}.")
    if totals.silent:
        parts.append(f"Silent after what you dismissed: {totals.silent:,} (nova verdict --list).")
    return " ".join(parts)


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""
