"""The brief of a day: what moved, what stands still, what is next, each line with where it comes from. Pure.

Rows are the plain data of the tools ``activity``, ``findings``, ``goals`` and ``projects``. A part about which nothing
is known stays empty: the brief makes nothing up, and says nothing where there is nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from memory import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

IDLE = 14
"""Days without anything to show, from which on a goal or a project is said to stand still."""
SPEAKS = 0.5
"""The share of a goal's words that a commit message holds where it is taken to speak of it."""
MOST = 5
_LEVELS = ("high", "medium", "low", "info")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a stretch that begins at ``since``; times are ISO 8601 with a zone."""

    since: str
    now: str
    commits: Sequence[Row] = ()
    """Those of the stretch, the latest first."""
    more: bool = False
    """Whether there were more than are listed."""
    earlier: Sequence[Row] = ()
    """Commits before the stretch, for what there is to show for a goal."""
    branches: Sequence[Row] = ()
    uncommitted: int = 0
    open: Sequence[Row] = ()
    """Findings, each with ``first_seen``."""
    fixed: Sequence[Row] = ()
    """Findings, each with ``gone_seen``."""
    goals: Sequence[Row] = ()
    reached: Sequence[Row] = ()
    projects: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Short lines. Nothing in any of the three is a quiet day."""

    moved: tuple[str, ...]
    still: tuple[str, ...]
    ahead: tuple[str, ...]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.moved or self.still or self.ahead)

    def lines(self) -> tuple[str, ...]:
        """The brief as lines of text; a part without lines is left out."""
        parts = (("Moved", self.moved), ("Stands still", self.still), ("Next", self.ahead))
        return tuple(line for title, own in parts if own for line in (f"{title}:", *own))


def brief(facts: Facts) -> Brief:
    """The brief of what is known."""
    return Brief(
        (*_commits(facts), *_fixed(facts), *_reached(facts)),
        (*_idle_projects(facts), *_branches(facts), *_idle_goals(facts)),
        (*_findings(facts), *_uncommitted(facts), *_goals(facts)),
    )


def last_activity(goal: Row, commits: Iterable[Row]) -> tuple[str, str]:
    """When something last spoke of a goal, and what that was: a commit or a note; empty texts where nothing did."""
    shows = [(c["when"], f"commit {c['commit'][:10]}") for c in commits if share(goal["text"], c["subject"]) >= SPEAKS]
    shows += [(note["date"], f"{note['kind']} {note['id'][:8]}") for note in goal.get("told", ())]
    return max(shows, key=lambda one: moment(one[0]), default=("", ""))


def moment(text: str) -> datetime:
    """The moment that a text in ISO 8601 names, in UTC where it names no zone."""
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _days(facts: Facts, since: str) -> int:
    return (moment(facts.now) - moment(since)).days


def _in_stretch(facts: Facts, when: str) -> bool:
    return bool(when) and moment(when) >= moment(facts.since)


def _commits(facts: Facts) -> list[str]:
    rows = facts.commits
    if not rows:
        return []
    files = len({path for row in rows for path in row["paths"]})
    added, removed = sum(row["added"] for row in rows), sum(row["removed"] for row in rows)
    authors = _listed([f"{name} {n}" for name, n in Counter(row["author"] for row in rows).most_common()], 4)
    head = f"- {_counted(len(rows), 'commit')}{' or more' if facts.more else ''} in {_counted(files, 'file')}"
    lines = [f"{head}, +{added} -{removed} lines, by {authors} (git)"]
    lines += [f"  {row['commit'][:10]} {row['subject']}" for row in rows[:MOST]]
    return [*lines, f"  and {len(rows) - MOST} more"] if len(rows) > MOST else lines


def _fixed(facts: Facts) -> list[str]:
    gone = [row for row in facts.fixed if _in_stretch(facts, row["gone_seen"])]
    return [f"- {_counted(len(gone), 'finding')} gone: {_rules(gone)} (reviews)"] if gone else []


def _reached(facts: Facts) -> list[str]:
    done = [row for row in facts.reached if _in_stretch(facts, row["when"] or "")]
    return [f'- goal reached: "{row["text"]}"{_of(row)}' for row in done]


def _idle_projects(facts: Facts) -> list[str]:
    lines = []
    for row in facts.projects:
        last = max((t["last_commit"] for t in row["targets"] if t["last_commit"]), default=None)
        days = int((moment(facts.now).timestamp() - last) // 86_400) if last else 0
        if not row["archived"] and days >= IDLE:
            lines.append(f"- {row['name']}: no commit for {days} days (git)")
    return lines


def _branches(facts: Facts) -> list[str]:
    stale = [row for row in facts.branches if row["stale"] and not row["merged"] and not row["current"]]
    some = _listed([f"{row['name']} ({row['days']} days)" for row in sorted(stale, key=lambda r: -r["days"])], 3)
    return [
        f"- {_counted(len(stale), 'branch', 'branches')} not merged and long without a commit: {some} (git)"
    ] * bool(stale)


def _idle_goals(facts: Facts) -> list[str]:
    """Goals that nothing spoke of for long; work that left neither commit nor note is not known."""
    lines = []
    for row in facts.goals:
        when, what = last_activity(row, (*facts.commits, *facts.earlier))
        since = max((text for text in (when, row["since"]) if text), key=moment, default="")
        if since and _days(facts, since) >= IDLE:
            shows = f"{what} of {when[:10]} is the last that speaks of it" if when else "nothing to show for it yet"
            lines.append(f'- goal "{row["text"]}"{_of(row)}: {shows}, {_days(facts, since)} days')
    return lines


def _findings(facts: Facts) -> list[str]:
    new = [row for row in facts.open if _in_stretch(facts, row["first_seen"])]
    lines = [f"- {_counted(len(new), 'new finding')}: {_rules(new)} (reviews)"] if new else []
    if facts.open:
        counts = Counter(row["severity"] for row in facts.open)
        told = ", ".join(f"{counts[level]} {level}" for level in _LEVELS if counts[level])
        lines.append(f"- {_counted(len(facts.open), 'open finding')}: {told} (reviews)")
    high = [row for row in facts.open if row["severity"] == "high"]
    return lines + [f"  {row['path']}:{row['line']} {row['rule']}: {row['message'].rstrip('.')}" for row in high[:3]]


def _uncommitted(facts: Facts) -> list[str]:
    count = facts.uncommitted
    return [f"- {_counted(count, 'file')} changed and not committed (git)"] if count else []


def _goals(facts: Facts) -> list[str]:
    """The goals that work goes into now come first."""
    rows = [(last_activity(row, (*facts.commits, *facts.earlier)), row) for row in facts.goals]
    rows.sort(key=lambda one: moment(one[0][0]).timestamp() if one[0][0] else 0.0, reverse=True)
    lines = []
    for (when, what), row in rows[:MOST]:
        lines.append(f'- goal "{row["text"]}"{_of(row)}' + (f": last {what} of {when[:10]}" if when else ""))
    return [*lines, f"- and {len(rows) - MOST} more goals"] if len(rows) > MOST else lines


def _of(row: Row) -> str:
    return f" of {row['project']}" if row["project"] else ""


def _rules(rows: Iterable[Row]) -> str:
    return _listed([f"{rule} {n}" for rule, n in Counter(row["rule"] for row in rows).most_common()], 4)


def _listed(parts: Sequence[str], most: int) -> str:
    return ", ".join(parts[:most]) + (f" and {len(parts) - most} more" if len(parts) > most else "")


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
