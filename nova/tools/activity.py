"""``activity``: what happened in a repository since a moment, as git tells it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.git import Git
    from nova.tools import World

DAY = 86_400
STALE = 30
"""Days without a commit after which a branch is called stale."""
MOST = 500


def work(_key: str, world: World, /, *, since: str = "", until: str = "") -> dict[str, Any]:
    """Commits of all branches since a time in ISO 8601, by default of the last day: who made them, what they touched.

    Branches come with the age of their last commit and whether the present one holds them.
    """
    from nova.tools._ground import git_of

    git = git_of(world)
    now = time.time()
    after = _moment(since) if since else now - DAY
    before = _moment(until) if until else now
    if git.head() is None:
        commits: list[dict[str, Any]] = []
    else:
        said = git.text(
            "log", "--branches", "HEAD", "--no-merges", f"--max-count={MOST + 1}", f"--since=@{int(after)}",
            f"--until=@{int(before)}", "--no-ext-diff", "--numstat", "--no-renames", "-z",
            "--format=%x01%H%x00%ct%x00%an%x00%s", "--",
        )  # fmt: skip
        commits = parsed(said)
    return {
        "since": _said(after),
        "until": _said(before),
        "commits": commits[:MOST],
        "more": len(commits) > MOST,
        "branches": _branches(git, now),
        "uncommitted": _uncommitted(git),
        "shallow": git.shallow,
    }


def parsed(text: str) -> list[dict[str, Any]]:
    """The commits in the output of git log, the latest first; pure."""
    found = []
    for record in text.split("\x01")[1:]:
        commit, when, author, subject, *rest = (record + "\0\0\0").split("\0")
        if not when.isdigit():
            continue  # a message that holds the sign which parts commits
        added = removed = 0
        paths = []
        for row in rest:
            plus, _, others = row.strip("\n").partition("\t")
            minus, _, path = others.partition("\t")
            if path:
                paths.append(path)
                added += int(plus) if plus.isdigit() else 0
                removed += int(minus) if minus.isdigit() else 0
        found.append({
            "commit": commit, "when": _said(int(when)), "author": author, "subject": subject.rstrip("\n"),
            "paths": paths, "added": added, "removed": removed,
        })  # fmt: skip
    return found


def _branches(git: Git, now: float) -> list[dict[str, Any]]:
    said = git.text(
        "for-each-ref", "--sort=-committerdate",
        "--format=%(refname:short)%00%(committerdate:unix)%00%(objectname)%00%(HEAD)", "refs/heads",
    )  # fmt: skip
    found = []
    head = git.head()
    for row in said.splitlines():
        name, when, commit, here = row.split("\0")
        days = int((now - int(when)) // DAY)
        found.append({
            "name": name, "days": days, "current": here == "*", "stale": days >= STALE,
            "merged": head is not None and commit != head.commit and git.is_ancestor(commit, head.commit),
        })  # fmt: skip
    return found


def _uncommitted(git: Git) -> int:
    if git.bare:
        return 0
    status = git.status()
    return len(status.changed | status.staged | status.deleted | set(status.untracked) | status.unmerged)


def _moment(text: str) -> float:
    from nova.errors import UsageError

    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text} is no time in ISO 8601", next_step="such as 2026-03-01 or 2026-03-01T09:00+02:00"
        ) from error
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def _said(seconds: float) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


TOOL = Tool("activity", "Commits, branches and uncommitted files of a repository since a moment.", work)
